-- AlterTable
ALTER TABLE "TimelineEntry" ADD COLUMN     "source" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "TimelineEntry_organisationId_incidentId_source_key" ON "TimelineEntry"("organisationId", "incidentId", "source");
