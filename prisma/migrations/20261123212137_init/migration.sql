-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Organisation" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "zone" TEXT NOT NULL DEFAULT 'America/New_York',
    "inviteOnly" BOOLEAN NOT NULL DEFAULT false,
    "acknowledgeWithinHours" INTEGER NOT NULL DEFAULT 4,
    "demonstration" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Organisation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Workspace" (
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "organisationId" UUID NOT NULL,

    CONSTRAINT "Workspace_pkey" PRIMARY KEY ("platform","tenant")
);

-- CreateTable
CREATE TABLE "Unit" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "aliases" TEXT[],
    "parentId" UUID,
    "managerId" UUID,

    CONSTRAINT "Unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "handle" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "access" TEXT[],
    "jobs" TEXT[],
    "unitIds" UUID[],
    "supervisorId" UUID,
    "zone" TEXT,
    "hiredOn" DATE,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "quietFrom" TEXT,
    "quietUntil" TEXT,
    "reachOn" TEXT,
    "seenOn" TEXT,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Identity" (
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "platform" TEXT NOT NULL,
    "tenant" TEXT NOT NULL,
    "user" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "chat" JSONB,

    CONSTRAINT "Identity_pkey" PRIMARY KEY ("platform","tenant","user")
);

-- CreateTable
CREATE TABLE "LinkCode" (
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "hash" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LinkCode_pkey" PRIMARY KEY ("organisationId","hash")
);

-- CreateTable
CREATE TABLE "Incident" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "category" TEXT,
    "harm" TEXT NOT NULL,
    "identity" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "unitId" UUID NOT NULL,
    "happenedAt" TIMESTAMPTZ(3) NOT NULL,
    "reportedAt" TIMESTAMPTZ(3) NOT NULL,
    "immediate" TEXT,
    "informed" TEXT,
    "sourceRef" TEXT,
    "reporterId" UUID,
    "status" TEXT NOT NULL,
    "assigneeId" UUID,
    "acknowledgedAt" TIMESTAMPTZ(3),
    "acknowledgedById" UUID,
    "escalateAt" TIMESTAMPTZ(3),
    "escalatedTo" INTEGER NOT NULL DEFAULT 0,
    "closedAt" TIMESTAMPTZ(3),
    "closedById" UUID,
    "changed" TEXT,

    CONSTRAINT "Incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TimelineEntry" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "incidentId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "actorId" UUID,
    "aboutId" UUID,
    "text" TEXT,

    CONSTRAINT "TimelineEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reminder" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "number" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "byId" UUID NOT NULL,
    "whoId" UUID,
    "place" JSONB,
    "firstAt" TIMESTAMPTZ(3) NOT NULL,
    "zone" TEXT NOT NULL,
    "every" TEXT NOT NULL,
    "nextAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "Reminder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "kind" TEXT NOT NULL,
    "recordId" UUID NOT NULL,
    "personId" UUID,
    "place" JSONB,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "tryAt" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claimedAt" TIMESTAMPTZ(3),
    "sentAt" TIMESTAMPTZ(3),
    "sentTo" JSONB,
    "message" TEXT,
    "key" TEXT NOT NULL,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Audit" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorId" UUID,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "subjectId" UUID NOT NULL,
    "details" JSONB NOT NULL,

    CONSTRAINT "Audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Claim" (
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "request" TEXT NOT NULL,
    "recordId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Claim_pkey" PRIMARY KEY ("organisationId","request")
);

-- CreateTable
CREATE TABLE "Counter" (
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "name" TEXT NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "Counter_pkey" PRIMARY KEY ("organisationId","name")
);

-- CreateTable
CREATE TABLE "Draft" (
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "request" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "input" JSONB NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Draft_pkey" PRIMARY KEY ("organisationId","personId","request")
);

-- CreateIndex
CREATE INDEX "Unit_organisationId_parentId_idx" ON "Unit"("organisationId", "parentId");

-- CreateIndex
CREATE INDEX "Unit_organisationId_managerId_idx" ON "Unit"("organisationId", "managerId");

-- CreateIndex
CREATE UNIQUE INDEX "Unit_organisationId_id_key" ON "Unit"("organisationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Unit_organisationId_code_key" ON "Unit"("organisationId", "code");

-- CreateIndex
CREATE INDEX "Person_organisationId_name_idx" ON "Person"("organisationId", "name");

-- CreateIndex
CREATE INDEX "Person_organisationId_email_idx" ON "Person"("organisationId", "email");

-- CreateIndex
CREATE INDEX "Person_organisationId_supervisorId_idx" ON "Person"("organisationId", "supervisorId");

-- CreateIndex
CREATE UNIQUE INDEX "Person_organisationId_id_key" ON "Person"("organisationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Person_organisationId_handle_key" ON "Person"("organisationId", "handle");

-- CreateIndex
CREATE INDEX "Identity_organisationId_personId_idx" ON "Identity"("organisationId", "personId");

-- CreateIndex
CREATE INDEX "Incident_organisationId_closedAt_number_idx" ON "Incident"("organisationId", "closedAt", "number" DESC);

-- CreateIndex
CREATE INDEX "Incident_organisationId_unitId_closedAt_number_idx" ON "Incident"("organisationId", "unitId", "closedAt", "number" DESC);

-- CreateIndex
CREATE INDEX "Incident_organisationId_reporterId_number_idx" ON "Incident"("organisationId", "reporterId", "number" DESC);

-- CreateIndex
CREATE INDEX "Incident_organisationId_assigneeId_number_idx" ON "Incident"("organisationId", "assigneeId", "number" DESC);

-- CreateIndex
CREATE INDEX "Incident_organisationId_escalateAt_idx" ON "Incident"("organisationId", "escalateAt");

-- CreateIndex
CREATE UNIQUE INDEX "Incident_organisationId_id_key" ON "Incident"("organisationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Incident_organisationId_number_key" ON "Incident"("organisationId", "number");

-- CreateIndex
CREATE INDEX "TimelineEntry_organisationId_incidentId_at_idx" ON "TimelineEntry"("organisationId", "incidentId", "at");

-- CreateIndex
CREATE INDEX "TimelineEntry_organisationId_actorId_idx" ON "TimelineEntry"("organisationId", "actorId");

-- CreateIndex
CREATE INDEX "TimelineEntry_organisationId_aboutId_idx" ON "TimelineEntry"("organisationId", "aboutId");

-- CreateIndex
CREATE INDEX "Reminder_organisationId_nextAt_idx" ON "Reminder"("organisationId", "nextAt");

-- CreateIndex
CREATE INDEX "Reminder_organisationId_whoId_doneAt_idx" ON "Reminder"("organisationId", "whoId", "doneAt");

-- CreateIndex
CREATE UNIQUE INDEX "Reminder_organisationId_id_key" ON "Reminder"("organisationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Reminder_organisationId_number_key" ON "Reminder"("organisationId", "number");

-- CreateIndex
CREATE INDEX "Notice_organisationId_state_tryAt_idx" ON "Notice"("organisationId", "state", "tryAt");

-- CreateIndex
CREATE INDEX "Notice_organisationId_recordId_idx" ON "Notice"("organisationId", "recordId");

-- CreateIndex
CREATE UNIQUE INDEX "Notice_organisationId_key_key" ON "Notice"("organisationId", "key");

-- CreateIndex
CREATE INDEX "Audit_organisationId_at_id_idx" ON "Audit"("organisationId", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "Audit_organisationId_subjectId_at_idx" ON "Audit"("organisationId", "subjectId", "at" DESC);

-- CreateIndex
CREATE INDEX "Audit_organisationId_actorId_at_idx" ON "Audit"("organisationId", "actorId", "at" DESC);

-- CreateIndex
CREATE INDEX "Claim_at_idx" ON "Claim"("at");

-- CreateIndex
CREATE INDEX "Draft_expiresAt_idx" ON "Draft"("expiresAt");

-- AddForeignKey
ALTER TABLE "Workspace" ADD CONSTRAINT "Workspace_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Unit" ADD CONSTRAINT "Unit_organisationId_parentId_fkey" FOREIGN KEY ("organisationId", "parentId") REFERENCES "Unit"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Unit" ADD CONSTRAINT "Unit_organisationId_managerId_fkey" FOREIGN KEY ("organisationId", "managerId") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_organisationId_supervisorId_fkey" FOREIGN KEY ("organisationId", "supervisorId") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Identity" ADD CONSTRAINT "Identity_organisationId_personId_fkey" FOREIGN KEY ("organisationId", "personId") REFERENCES "Person"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_organisationId_unitId_fkey" FOREIGN KEY ("organisationId", "unitId") REFERENCES "Unit"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_organisationId_reporterId_fkey" FOREIGN KEY ("organisationId", "reporterId") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_organisationId_assigneeId_fkey" FOREIGN KEY ("organisationId", "assigneeId") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_organisationId_acknowledgedById_fkey" FOREIGN KEY ("organisationId", "acknowledgedById") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_organisationId_closedById_fkey" FOREIGN KEY ("organisationId", "closedById") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TimelineEntry" ADD CONSTRAINT "TimelineEntry_organisationId_incidentId_fkey" FOREIGN KEY ("organisationId", "incidentId") REFERENCES "Incident"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TimelineEntry" ADD CONSTRAINT "TimelineEntry_organisationId_actorId_fkey" FOREIGN KEY ("organisationId", "actorId") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TimelineEntry" ADD CONSTRAINT "TimelineEntry_organisationId_aboutId_fkey" FOREIGN KEY ("organisationId", "aboutId") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reminder" ADD CONSTRAINT "Reminder_organisationId_whoId_fkey" FOREIGN KEY ("organisationId", "whoId") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reminder" ADD CONSTRAINT "Reminder_organisationId_byId_fkey" FOREIGN KEY ("organisationId", "byId") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
