-- AlterTable
ALTER TABLE "Organisation" ADD COLUMN     "clusterCount" INTEGER NOT NULL DEFAULT 3,
ADD COLUMN     "clusterDays" INTEGER NOT NULL DEFAULT 14,
ADD COLUMN     "holidays" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "managerAfterDays" INTEGER NOT NULL DEFAULT 3,
ADD COLUMN     "remindAt" TEXT NOT NULL DEFAULT '08:30';

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "remindFrom" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Incident" ADD COLUMN     "answers" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "factors" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "gradedAt" TIMESTAMPTZ(3),
ADD COLUMN     "gradedById" UUID,
ADD COLUMN     "gradedHarm" TEXT,
ADD COLUMN     "leftOutId" UUID,
ADD COLUMN     "mergedIntoId" UUID,
ADD COLUMN     "privilegedAt" TIMESTAMPTZ(3),
ADD COLUMN     "probability" TEXT,
ADD COLUMN     "questionAt" TIMESTAMPTZ(3),
ADD COLUMN     "receiptHash" TEXT,
ADD COLUMN     "restricted" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "sac" INTEGER,
ADD COLUMN     "severity" TEXT,
ADD COLUMN     "waived" TEXT,
ADD COLUMN     "whys" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "TimelineEntry" ADD COLUMN     "actionId" UUID,
ADD COLUMN     "details" JSONB,
ADD COLUMN     "grievanceId" UUID,
ALTER COLUMN "incidentId" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "refreshAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "IncidentAccess" (
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "incidentId" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "part" TEXT NOT NULL,

    CONSTRAINT "IncidentAccess_pkey" PRIMARY KEY ("organisationId","incidentId","personId","part")
);

-- CreateTable
CREATE TABLE "Route" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "kind" TEXT,
    "category" TEXT,
    "harm" TEXT,
    "unitId" UUID,
    "personIds" UUID[],

    CONSTRAINT "Route_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Cluster" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "unitId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "category" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "incidentIds" UUID[],

    CONSTRAINT "Cluster_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Grievance" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "number" INTEGER NOT NULL,
    "sort" TEXT NOT NULL,
    "because" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "unitId" UUID NOT NULL,
    "receivedOn" DATE NOT NULL,
    "channel" TEXT NOT NULL,
    "harmOrAbuse" BOOLEAN NOT NULL DEFAULT false,
    "askedForResponse" BOOLEAN NOT NULL DEFAULT false,
    "fixedOnTheSpot" BOOLEAN NOT NULL DEFAULT false,
    "billingOnly" BOOLEAN NOT NULL DEFAULT false,
    "loggedAt" TIMESTAMPTZ(3) NOT NULL,
    "loggedById" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "assigneeId" UUID,
    "acknowledgedAt" TIMESTAMPTZ(3),
    "escalateAt" TIMESTAMPTZ(3),
    "escalatedTo" INTEGER NOT NULL DEFAULT 0,
    "extendedDays" INTEGER,
    "contact" TEXT,
    "steps" TEXT,
    "results" TEXT,
    "completedOn" DATE,
    "closedAt" TIMESTAMPTZ(3),
    "changed" TEXT,

    CONSTRAINT "Grievance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Action" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "number" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "ownerId" UUID NOT NULL,
    "givenById" UUID NOT NULL,
    "givenAt" TIMESTAMPTZ(3) NOT NULL,
    "incidentId" UUID,
    "grievanceId" UUID,
    "unitId" UUID,
    "dueOn" DATE NOT NULL,
    "strength" TEXT,
    "measure" TEXT,
    "checkOn" DATE,
    "state" TEXT NOT NULL DEFAULT 'open',
    "snoozedUntil" DATE,
    "endedAt" TIMESTAMPTZ(3),
    "checkedAt" TIMESTAMPTZ(3),
    "worked" BOOLEAN,

    CONSTRAINT "Action_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Clock" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "number" INTEGER NOT NULL,
    "rule" TEXT NOT NULL,
    "incidentId" UUID,
    "grievanceId" UUID,
    "startAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "amount" INTEGER,
    "because" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "startedById" UUID,
    "pausedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "endedById" UUID,
    "reason" TEXT,
    "remindAt" TIMESTAMPTZ(3),
    "reminded" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Clock_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Away" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "personId" UUID NOT NULL,
    "fromOn" DATE NOT NULL,
    "untilOn" DATE NOT NULL,
    "coverId" UUID NOT NULL,

    CONSTRAINT "Away_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "IncidentAccess_organisationId_personId_idx" ON "IncidentAccess"("organisationId", "personId");

-- CreateIndex
CREATE INDEX "Route_organisationId_idx" ON "Route"("organisationId");

-- CreateIndex
CREATE INDEX "Cluster_organisationId_unitId_at_idx" ON "Cluster"("organisationId", "unitId", "at");

-- CreateIndex
CREATE INDEX "Grievance_organisationId_closedAt_number_idx" ON "Grievance"("organisationId", "closedAt", "number" DESC);

-- CreateIndex
CREATE INDEX "Grievance_organisationId_unitId_closedAt_number_idx" ON "Grievance"("organisationId", "unitId", "closedAt", "number" DESC);

-- CreateIndex
CREATE INDEX "Grievance_organisationId_loggedById_number_idx" ON "Grievance"("organisationId", "loggedById", "number" DESC);

-- CreateIndex
CREATE INDEX "Grievance_organisationId_assigneeId_number_idx" ON "Grievance"("organisationId", "assigneeId", "number" DESC);

-- CreateIndex
CREATE INDEX "Grievance_organisationId_escalateAt_idx" ON "Grievance"("organisationId", "escalateAt");

-- CreateIndex
CREATE UNIQUE INDEX "Grievance_organisationId_id_key" ON "Grievance"("organisationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Grievance_organisationId_number_key" ON "Grievance"("organisationId", "number");

-- CreateIndex
CREATE INDEX "Action_organisationId_ownerId_state_dueOn_idx" ON "Action"("organisationId", "ownerId", "state", "dueOn");

-- CreateIndex
CREATE INDEX "Action_organisationId_givenById_number_idx" ON "Action"("organisationId", "givenById", "number" DESC);

-- CreateIndex
CREATE INDEX "Action_organisationId_unitId_state_dueOn_idx" ON "Action"("organisationId", "unitId", "state", "dueOn");

-- CreateIndex
CREATE INDEX "Action_organisationId_state_dueOn_idx" ON "Action"("organisationId", "state", "dueOn");

-- CreateIndex
CREATE INDEX "Action_organisationId_state_checkOn_idx" ON "Action"("organisationId", "state", "checkOn");

-- CreateIndex
CREATE INDEX "Action_organisationId_incidentId_idx" ON "Action"("organisationId", "incidentId");

-- CreateIndex
CREATE INDEX "Action_organisationId_grievanceId_idx" ON "Action"("organisationId", "grievanceId");

-- CreateIndex
CREATE UNIQUE INDEX "Action_organisationId_id_key" ON "Action"("organisationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Action_organisationId_number_key" ON "Action"("organisationId", "number");

-- CreateIndex
CREATE INDEX "Clock_organisationId_state_dueAt_idx" ON "Clock"("organisationId", "state", "dueAt");

-- CreateIndex
CREATE INDEX "Clock_organisationId_remindAt_idx" ON "Clock"("organisationId", "remindAt");

-- CreateIndex
CREATE INDEX "Clock_organisationId_incidentId_idx" ON "Clock"("organisationId", "incidentId");

-- CreateIndex
CREATE INDEX "Clock_organisationId_grievanceId_idx" ON "Clock"("organisationId", "grievanceId");

-- CreateIndex
CREATE UNIQUE INDEX "Clock_organisationId_id_key" ON "Clock"("organisationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Clock_organisationId_number_key" ON "Clock"("organisationId", "number");

-- CreateIndex
CREATE INDEX "Away_organisationId_personId_untilOn_idx" ON "Away"("organisationId", "personId", "untilOn");

-- CreateIndex
CREATE INDEX "Away_organisationId_coverId_untilOn_idx" ON "Away"("organisationId", "coverId", "untilOn");

-- CreateIndex
CREATE INDEX "Incident_organisationId_mergedIntoId_idx" ON "Incident"("organisationId", "mergedIntoId");

-- CreateIndex
CREATE UNIQUE INDEX "Incident_organisationId_receiptHash_key" ON "Incident"("organisationId", "receiptHash");

-- CreateIndex
CREATE INDEX "TimelineEntry_organisationId_grievanceId_at_idx" ON "TimelineEntry"("organisationId", "grievanceId", "at");

-- CreateIndex
CREATE INDEX "TimelineEntry_organisationId_actionId_at_idx" ON "TimelineEntry"("organisationId", "actionId", "at");

-- CreateIndex
CREATE INDEX "Notice_organisationId_refreshAt_idx" ON "Notice"("organisationId", "refreshAt");

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_organisationId_gradedById_fkey" FOREIGN KEY ("organisationId", "gradedById") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_organisationId_leftOutId_fkey" FOREIGN KEY ("organisationId", "leftOutId") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_organisationId_mergedIntoId_fkey" FOREIGN KEY ("organisationId", "mergedIntoId") REFERENCES "Incident"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncidentAccess" ADD CONSTRAINT "IncidentAccess_organisationId_incidentId_fkey" FOREIGN KEY ("organisationId", "incidentId") REFERENCES "Incident"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncidentAccess" ADD CONSTRAINT "IncidentAccess_organisationId_personId_fkey" FOREIGN KEY ("organisationId", "personId") REFERENCES "Person"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Route" ADD CONSTRAINT "Route_organisationId_unitId_fkey" FOREIGN KEY ("organisationId", "unitId") REFERENCES "Unit"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Cluster" ADD CONSTRAINT "Cluster_organisationId_unitId_fkey" FOREIGN KEY ("organisationId", "unitId") REFERENCES "Unit"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grievance" ADD CONSTRAINT "Grievance_organisationId_unitId_fkey" FOREIGN KEY ("organisationId", "unitId") REFERENCES "Unit"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grievance" ADD CONSTRAINT "Grievance_organisationId_loggedById_fkey" FOREIGN KEY ("organisationId", "loggedById") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grievance" ADD CONSTRAINT "Grievance_organisationId_assigneeId_fkey" FOREIGN KEY ("organisationId", "assigneeId") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Action" ADD CONSTRAINT "Action_organisationId_ownerId_fkey" FOREIGN KEY ("organisationId", "ownerId") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Action" ADD CONSTRAINT "Action_organisationId_givenById_fkey" FOREIGN KEY ("organisationId", "givenById") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Action" ADD CONSTRAINT "Action_organisationId_incidentId_fkey" FOREIGN KEY ("organisationId", "incidentId") REFERENCES "Incident"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Action" ADD CONSTRAINT "Action_organisationId_grievanceId_fkey" FOREIGN KEY ("organisationId", "grievanceId") REFERENCES "Grievance"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Action" ADD CONSTRAINT "Action_organisationId_unitId_fkey" FOREIGN KEY ("organisationId", "unitId") REFERENCES "Unit"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Clock" ADD CONSTRAINT "Clock_organisationId_incidentId_fkey" FOREIGN KEY ("organisationId", "incidentId") REFERENCES "Incident"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Clock" ADD CONSTRAINT "Clock_organisationId_grievanceId_fkey" FOREIGN KEY ("organisationId", "grievanceId") REFERENCES "Grievance"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Away" ADD CONSTRAINT "Away_organisationId_personId_fkey" FOREIGN KEY ("organisationId", "personId") REFERENCES "Person"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Away" ADD CONSTRAINT "Away_organisationId_coverId_fkey" FOREIGN KEY ("organisationId", "coverId") REFERENCES "Person"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TimelineEntry" ADD CONSTRAINT "TimelineEntry_organisationId_grievanceId_fkey" FOREIGN KEY ("organisationId", "grievanceId") REFERENCES "Grievance"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TimelineEntry" ADD CONSTRAINT "TimelineEntry_organisationId_actionId_fkey" FOREIGN KEY ("organisationId", "actionId") REFERENCES "Action"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A timeline entry is of one record.
ALTER TABLE "TimelineEntry" ADD CONSTRAINT "TimelineEntry_one_record" CHECK (num_nonnulls("incidentId", "grievanceId", "actionId") = 1);
ALTER TABLE "Action" ADD CONSTRAINT "Action_one_record" CHECK (num_nonnulls("incidentId", "grievanceId") <= 1);
ALTER TABLE "Clock" ADD CONSTRAINT "Clock_one_record" CHECK (num_nonnulls("incidentId", "grievanceId") <= 1);

-- Whose cover somebody is belongs to who asks (src/store/directoryCache.ts).
CREATE TRIGGER directory_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "Away" FOR EACH STATEMENT EXECUTE FUNCTION rounds_directory_changed();
