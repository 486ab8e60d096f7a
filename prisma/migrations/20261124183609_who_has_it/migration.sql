-- AlterTable
ALTER TABLE "Grievance" ADD COLUMN     "acknowledgedById" UUID;

-- CreateIndex
CREATE INDEX "Incident_organisationId_acknowledgedById_closedAt_idx" ON "Incident"("organisationId", "acknowledgedById", "closedAt");

-- CreateIndex
CREATE INDEX "Grievance_organisationId_acknowledgedById_closedAt_idx" ON "Grievance"("organisationId", "acknowledgedById", "closedAt");

-- AddForeignKey
ALTER TABLE "Grievance" ADD CONSTRAINT "Grievance_organisationId_acknowledgedById_fkey" FOREIGN KEY ("organisationId", "acknowledgedById") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Who took up what was acknowledged before this was kept: the first of those who worked on it.
UPDATE "Grievance" g SET "acknowledgedById" = (
  SELECT t."actorId" FROM "TimelineEntry" t
  WHERE t."organisationId" = g."organisationId" AND t."grievanceId" = g.id AND t."actorId" IS NOT NULL
    AND t.kind IN ('acknowledged', 'assigned', 'extended', 'resolved', 'closed')
  ORDER BY t.at, t.id LIMIT 1)
WHERE g."acknowledgedAt" IS NOT NULL;
