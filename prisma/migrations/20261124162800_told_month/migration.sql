-- AlterTable
ALTER TABLE "Organisation" ADD COLUMN     "toldMonth" TEXT;
