-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "remindedOn" DATE;

-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "drawn" TEXT,
ADD COLUMN     "toldId" UUID;

-- CreateTable
CREATE TABLE "Snooze" (
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "personId" UUID NOT NULL,
    "about" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Snooze_pkey" PRIMARY KEY ("organisationId","personId","about")
);

-- CreateIndex
CREATE INDEX "Person_organisationId_zone_remindedOn_idx" ON "Person"("organisationId", "zone", "remindedOn");

-- AddForeignKey
ALTER TABLE "Snooze" ADD CONSTRAINT "Snooze_organisationId_personId_fkey" FOREIGN KEY ("organisationId", "personId") REFERENCES "Person"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
