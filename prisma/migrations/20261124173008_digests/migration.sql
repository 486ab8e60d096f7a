-- CreateTable
CREATE TABLE "Follow" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "unitId" UUID NOT NULL,
    "ownerId" UUID NOT NULL,
    "target" TEXT NOT NULL,
    "place" JSONB,
    "metrics" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "schedule" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "silentWhenNothing" BOOLEAN NOT NULL DEFAULT false,
    "byRule" BOOLEAN NOT NULL DEFAULT false,
    "nextAt" TIMESTAMPTZ(3),

    CONSTRAINT "Follow_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Follow_organisationId_nextAt_idx" ON "Follow"("organisationId", "nextAt");

-- CreateIndex
CREATE INDEX "Follow_organisationId_ownerId_idx" ON "Follow"("organisationId", "ownerId");

-- CreateIndex
CREATE UNIQUE INDEX "Follow_organisationId_id_key" ON "Follow"("organisationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Follow_organisationId_unitId_target_key" ON "Follow"("organisationId", "unitId", "target");

-- AddForeignKey
ALTER TABLE "Follow" ADD CONSTRAINT "Follow_organisationId_unitId_fkey" FOREIGN KEY ("organisationId", "unitId") REFERENCES "Unit"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Follow" ADD CONSTRAINT "Follow_organisationId_ownerId_fkey" FOREIGN KEY ("organisationId", "ownerId") REFERENCES "Person"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
