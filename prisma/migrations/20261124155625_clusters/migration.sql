-- CreateIndex
CREATE INDEX "Incident_organisationId_unitId_reportedAt_idx" ON "Incident"("organisationId", "unitId", "reportedAt");
