-- AlterTable
ALTER TABLE "Organisation" ADD COLUMN     "measuredOn" DATE,
ADD COLUMN     "smallCells" INTEGER NOT NULL DEFAULT 11;

-- CreateTable
CREATE TABLE "Metric" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "chart" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "numerator" TEXT,
    "denominator" TEXT,
    "source" TEXT,
    "addedById" UUID NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Metric_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UnitMetric" (
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "unitId" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "UnitMetric_pkey" PRIMARY KEY ("organisationId","unitId","metric")
);

-- CreateTable
CREATE TABLE "KpiValue" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "unitId" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "startOn" DATE NOT NULL,
    "numerator" DECIMAL(20,6),
    "denominator" DECIMAL(20,6),
    "value" DECIMAL(20,6),
    "source" TEXT NOT NULL,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "byId" UUID,

    CONSTRAINT "KpiValue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KpiTarget" (
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "unitId" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "fromOn" DATE NOT NULL,
    "target" DECIMAL(20,6) NOT NULL,
    "byId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KpiTarget_pkey" PRIMARY KEY ("organisationId","unitId","metric","fromOn")
);

-- CreateTable
CREATE TABLE "KpiMark" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "unitId" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "onDay" DATE NOT NULL,
    "text" TEXT NOT NULL,
    "byId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KpiMark_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Metric_organisationId_id_key" ON "Metric"("organisationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Metric_organisationId_code_key" ON "Metric"("organisationId", "code");

-- CreateIndex
CREATE INDEX "UnitMetric_organisationId_metric_idx" ON "UnitMetric"("organisationId", "metric");

-- CreateIndex
CREATE UNIQUE INDEX "KpiValue_organisationId_unitId_metric_startOn_key" ON "KpiValue"("organisationId", "unitId", "metric", "startOn");

-- CreateIndex
CREATE UNIQUE INDEX "KpiMark_organisationId_id_key" ON "KpiMark"("organisationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "KpiMark_organisationId_unitId_metric_kind_onDay_key" ON "KpiMark"("organisationId", "unitId", "metric", "kind", "onDay");

-- AddForeignKey
ALTER TABLE "UnitMetric" ADD CONSTRAINT "UnitMetric_organisationId_unitId_fkey" FOREIGN KEY ("organisationId", "unitId") REFERENCES "Unit"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KpiValue" ADD CONSTRAINT "KpiValue_organisationId_unitId_fkey" FOREIGN KEY ("organisationId", "unitId") REFERENCES "Unit"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KpiTarget" ADD CONSTRAINT "KpiTarget_organisationId_unitId_fkey" FOREIGN KEY ("organisationId", "unitId") REFERENCES "Unit"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "KpiMark" ADD CONSTRAINT "KpiMark_organisationId_unitId_fkey" FOREIGN KEY ("organisationId", "unitId") REFERENCES "Unit"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
