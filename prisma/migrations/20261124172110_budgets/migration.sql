-- AlterTable
ALTER TABLE "Organisation" ADD COLUMN     "explainDollars" INTEGER NOT NULL DEFAULT 5000,
ADD COLUMN     "explainPercent" INTEGER NOT NULL DEFAULT 5,
ADD COLUMN     "fiscalYearStart" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "TimelineEntry" ADD COLUMN     "explanationId" UUID;

-- CreateTable
CREATE TABLE "Line" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "hours" TEXT,

    CONSTRAINT "Line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BudgetLine" (
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "unitId" UUID NOT NULL,
    "lineId" UUID NOT NULL,
    "month" DATE NOT NULL,
    "behaviour" TEXT NOT NULL,
    "basis" TEXT,
    "volume" DECIMAL(65,30),
    "quantity" DECIMAL(65,30),
    "rate" DECIMAL(65,30),
    "amount" DECIMAL(14,2) NOT NULL,

    CONSTRAINT "BudgetLine_pkey" PRIMARY KEY ("organisationId","unitId","month","lineId")
);

-- CreateTable
CREATE TABLE "LedgerLine" (
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "unitId" UUID NOT NULL,
    "lineId" UUID NOT NULL,
    "month" DATE NOT NULL,
    "volume" DECIMAL(65,30),
    "quantity" DECIMAL(65,30),
    "rate" DECIMAL(65,30),
    "amount" DECIMAL(14,2) NOT NULL,

    CONSTRAINT "LedgerLine_pkey" PRIMARY KEY ("organisationId","unitId","month","lineId")
);

-- CreateTable
CREATE TABLE "BookMonth" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "number" INTEGER NOT NULL,
    "unitId" UUID NOT NULL,
    "month" DATE NOT NULL,
    "asOf" DATE NOT NULL,

    CONSTRAINT "BookMonth_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Explanation" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "unitId" UUID NOT NULL,
    "month" DATE NOT NULL,
    "lineId" UUID NOT NULL,
    "why" TEXT NOT NULL,
    "kind" TEXT,
    "plan" TEXT,
    "effect" DECIMAL(14,2),
    "state" TEXT NOT NULL DEFAULT 'open',
    "byId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reviewedById" UUID,
    "reviewedAt" TIMESTAMPTZ(3),
    "note" TEXT,
    "actionId" UUID,

    CONSTRAINT "Explanation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Line_organisationId_id_key" ON "Line"("organisationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Line_organisationId_code_key" ON "Line"("organisationId", "code");

-- CreateIndex
CREATE INDEX "BudgetLine_organisationId_lineId_idx" ON "BudgetLine"("organisationId", "lineId");

-- CreateIndex
CREATE INDEX "LedgerLine_organisationId_lineId_idx" ON "LedgerLine"("organisationId", "lineId");

-- CreateIndex
CREATE INDEX "BookMonth_organisationId_month_idx" ON "BookMonth"("organisationId", "month");

-- CreateIndex
CREATE UNIQUE INDEX "BookMonth_organisationId_number_key" ON "BookMonth"("organisationId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "BookMonth_organisationId_unitId_month_key" ON "BookMonth"("organisationId", "unitId", "month");

-- CreateIndex
CREATE INDEX "Explanation_organisationId_state_month_idx" ON "Explanation"("organisationId", "state", "month");

-- CreateIndex
CREATE INDEX "Explanation_organisationId_lineId_idx" ON "Explanation"("organisationId", "lineId");

-- CreateIndex
CREATE INDEX "Explanation_organisationId_byId_idx" ON "Explanation"("organisationId", "byId");

-- CreateIndex
CREATE INDEX "Explanation_organisationId_reviewedById_idx" ON "Explanation"("organisationId", "reviewedById");

-- CreateIndex
CREATE UNIQUE INDEX "Explanation_organisationId_id_key" ON "Explanation"("organisationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Explanation_organisationId_unitId_month_lineId_key" ON "Explanation"("organisationId", "unitId", "month", "lineId");

-- CreateIndex
CREATE UNIQUE INDEX "Explanation_organisationId_actionId_key" ON "Explanation"("organisationId", "actionId");

-- CreateIndex
CREATE INDEX "TimelineEntry_organisationId_explanationId_at_idx" ON "TimelineEntry"("organisationId", "explanationId", "at");

-- AddForeignKey
ALTER TABLE "BudgetLine" ADD CONSTRAINT "BudgetLine_organisationId_unitId_fkey" FOREIGN KEY ("organisationId", "unitId") REFERENCES "Unit"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BudgetLine" ADD CONSTRAINT "BudgetLine_organisationId_lineId_fkey" FOREIGN KEY ("organisationId", "lineId") REFERENCES "Line"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LedgerLine" ADD CONSTRAINT "LedgerLine_organisationId_unitId_fkey" FOREIGN KEY ("organisationId", "unitId") REFERENCES "Unit"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LedgerLine" ADD CONSTRAINT "LedgerLine_organisationId_lineId_fkey" FOREIGN KEY ("organisationId", "lineId") REFERENCES "Line"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BookMonth" ADD CONSTRAINT "BookMonth_organisationId_unitId_fkey" FOREIGN KEY ("organisationId", "unitId") REFERENCES "Unit"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Explanation" ADD CONSTRAINT "Explanation_organisationId_unitId_fkey" FOREIGN KEY ("organisationId", "unitId") REFERENCES "Unit"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Explanation" ADD CONSTRAINT "Explanation_organisationId_lineId_fkey" FOREIGN KEY ("organisationId", "lineId") REFERENCES "Line"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Explanation" ADD CONSTRAINT "Explanation_organisationId_byId_fkey" FOREIGN KEY ("organisationId", "byId") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Explanation" ADD CONSTRAINT "Explanation_organisationId_reviewedById_fkey" FOREIGN KEY ("organisationId", "reviewedById") REFERENCES "Person"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Explanation" ADD CONSTRAINT "Explanation_organisationId_actionId_fkey" FOREIGN KEY ("organisationId", "actionId") REFERENCES "Action"("organisationId", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TimelineEntry" ADD CONSTRAINT "TimelineEntry_organisationId_explanationId_fkey" FOREIGN KEY ("organisationId", "explanationId") REFERENCES "Explanation"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say: what a history belongs to, and which amounts there are.
ALTER TABLE "TimelineEntry" DROP CONSTRAINT "TimelineEntry_one_record";
ALTER TABLE "TimelineEntry" ADD CONSTRAINT "TimelineEntry_one_record" CHECK (num_nonnulls("incidentId", "grievanceId", "actionId", "explanationId") = 1);
ALTER TABLE "Organisation" ADD CONSTRAINT "Organisation_fiscalYearStart_is_a_month" CHECK ("fiscalYearStart" BETWEEN 1 AND 12);
