-- Restricted incidents are few, and looked at by every sweep: is there still somebody who may see them?
CREATE INDEX "Incident_restricted_idx" ON "Incident" ("organisationId") WHERE "restricted";
