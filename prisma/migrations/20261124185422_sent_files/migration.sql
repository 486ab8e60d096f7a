-- CreateTable
CREATE TABLE "SentFile" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "number" INTEGER NOT NULL,
    "personId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "what" TEXT,
    "state" TEXT NOT NULL,
    "preview" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SentFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SentFilePiece" (
    "organisationId" UUID NOT NULL DEFAULT (current_setting('rounds.organisation'))::uuid,
    "fileId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "SentFilePiece_pkey" PRIMARY KEY ("organisationId","fileId","number")
);

-- CreateIndex
CREATE INDEX "SentFile_expiresAt_idx" ON "SentFile"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "SentFile_organisationId_id_key" ON "SentFile"("organisationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "SentFile_organisationId_number_key" ON "SentFile"("organisationId", "number");

-- AddForeignKey
ALTER TABLE "SentFile" ADD CONSTRAINT "SentFile_organisationId_personId_fkey" FOREIGN KEY ("organisationId", "personId") REFERENCES "Person"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SentFilePiece" ADD CONSTRAINT "SentFilePiece_organisationId_fileId_fkey" FOREIGN KEY ("organisationId", "fileId") REFERENCES "SentFile"("organisationId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
