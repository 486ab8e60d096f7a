-- AlterTable
ALTER TABLE "KpiMark" ADD COLUMN     "untilDay" DATE;
