-- AlterTable
ALTER TABLE "Incident" ADD COLUMN     "seenThrough" UUID[] DEFAULT ARRAY[]::UUID[];

-- Through whom and what an incident may be seen, beside its words in one index: words that stand in thousands of incidents, none
-- of which this person sees, are looked up without reading one of them. It narrows, and the rule itself is asked of what is left.
DROP INDEX "Incident_search_idx";
UPDATE "Incident" i SET "seenThrough" = array_remove(ARRAY[i."unitId", i."reporterId", i."assigneeId"], NULL) || ARRAY(
  SELECT a."personId" FROM "IncidentAccess" a WHERE a."organisationId" = i."organisationId" AND a."incidentId" = i."id");
SET LOCAL maintenance_work_mem = '256MB';
CREATE INDEX "Incident_search_idx" ON "Incident" USING gin ("search", "seenThrough") WITH (fastupdate = off);

-- A new incident brings whom it is sent to, so that it is written once; later the list of access says it.
CREATE FUNCTION "keepSeenThrough"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    NEW."seenThrough" := ARRAY(SELECT a."personId" FROM "IncidentAccess" a
      WHERE a."organisationId" = NEW."organisationId" AND a."incidentId" = NEW."id");
  END IF;
  NEW."seenThrough" := NEW."seenThrough" || array_remove(ARRAY[NEW."unitId", NEW."reporterId", NEW."assigneeId"], NULL);
  RETURN NEW;
END $$;
CREATE TRIGGER "keepSeenThrough" BEFORE INSERT OR UPDATE OF "unitId", "reporterId", "assigneeId", "seenThrough" ON "Incident"
  FOR EACH ROW EXECUTE FUNCTION "keepSeenThrough"();

CREATE FUNCTION "followAccess"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE "Incident" SET "seenThrough" = DEFAULT
      WHERE "organisationId" = NEW."organisationId" AND "id" = NEW."incidentId" AND NOT "seenThrough" @> ARRAY[NEW."personId"];
  ELSE
    UPDATE "Incident" SET "seenThrough" = DEFAULT WHERE "organisationId" = OLD."organisationId" AND "id" = OLD."incidentId";
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "followAccess" AFTER INSERT OR UPDATE OR DELETE ON "IncidentAccess" FOR EACH ROW EXECUTE FUNCTION "followAccess"();
