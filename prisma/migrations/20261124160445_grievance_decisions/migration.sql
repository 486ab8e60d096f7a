-- AlterTable
ALTER TABLE "Grievance" ADD COLUMN     "overruled" TEXT,
ADD COLUMN     "promisedOn" DATE;
