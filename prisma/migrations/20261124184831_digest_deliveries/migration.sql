-- AlterTable
ALTER TABLE "Action" ADD COLUMN     "metric" TEXT;

-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "actedAt" TIMESTAMPTZ(3),
ADD COLUMN     "seenAt" TIMESTAMPTZ(3);
