-- Full text search of incidents. The column is kept by the database alone, and the client does not know it.

-- A text as words: without marks and hyphens, so that "fall/slip" is two words and not one path; as they stand, for parts of
-- words and for words in quotes, and their stems beside them.
CREATE FUNCTION "searchWords"(given text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  words text := regexp_replace(normalize(given, NFC), '[^[:alnum:]]+', ' ', 'g');
BEGIN
  RETURN to_tsvector('simple', words) || strip(to_tsvector('english', words));
END $$;

-- Both in one column; where they are more than it holds (1 MB of different words), the first part stays.
CREATE FUNCTION "searchJoined"(one tsvector, other text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  RETURN one || "searchWords"(other);
EXCEPTION WHEN program_limit_exceeded THEN
  RETURN one;
END $$;

-- What somebody typed: all the words, with any ending, and each also as the beginning of a longer one; "a few words" in
-- quotes stand there just so; -word must not be there. Words as "the" count only where there are no others.
CREATE FUNCTION "searchQuery"(given text) RETURNS tsquery LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  typed text := translate(normalize(given, NFC), '“”„«»', '"""""');
  unwanted boolean;
  quoted text;
  word text;
  one tsquery;
  found tsquery := '';
  small tsquery := '';
BEGIN
  FOR unwanted, quoted, word IN
    SELECT part[1] = '-', part[2], piece
    FROM regexp_matches(typed, '(-?)(?:"([^"]*)"?|([^\s"]+))', 'g') AS part
    LEFT JOIN LATERAL regexp_split_to_table(part[3], '[^[:alnum:]]+') AS piece ON true
  LOOP
    IF quoted IS NOT NULL THEN
      one := phraseto_tsquery('simple', regexp_replace(quoted, '[^[:alnum:]]+', ' ', 'g'));
    ELSE
      one := plainto_tsquery('english', word);
      IF numnode(one) = 0 AND NOT unwanted THEN small := small && plainto_tsquery('simple', word);
      ELSIF word ~ '^[^[:digit:]]{3}' AND NOT unwanted THEN one := one || to_tsquery('simple', word || ':*');
      ELSIF numnode(one) > 0 THEN one := one || plainto_tsquery('simple', word);
      END IF;
    END IF;
    IF numnode(one) > 0 THEN found := found && CASE WHEN unwanted THEN !!one ELSE one END; END IF;
  END LOOP;
  RETURN CASE WHEN numnode(found) > 0 THEN found ELSE small END;
END $$;

ALTER TABLE "Incident" ADD COLUMN "search" tsvector NOT NULL DEFAULT '';

-- Old values that were corrected are not among them.
CREATE FUNCTION "keepIncidentSearch"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."search" := "searchJoined"('', concat_ws(' ', NEW."what", NEW."immediate", NEW."informed", NEW."sourceRef", NEW."changed"));
  IF TG_OP = 'UPDATE' THEN
    NEW."search" := "searchJoined"(NEW."search", (
      SELECT coalesce(string_agg(t."text", ' '), '') FROM "TimelineEntry" t
      WHERE t."organisationId" = NEW."organisationId" AND t."incidentId" = NEW."id" AND t."kind" IN ('note', 'question', 'answer')));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "keepSearch" BEFORE INSERT OR UPDATE OF "what", "immediate", "informed", "sourceRef", "changed" ON "Incident"
  FOR EACH ROW EXECUTE FUNCTION "keepIncidentSearch"();

CREATE FUNCTION "addToIncidentSearch"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "Incident" SET "search" = "searchJoined"("search", NEW."text")
    WHERE "organisationId" = NEW."organisationId" AND "id" = NEW."incidentId";
  RETURN NULL;
END $$;
CREATE TRIGGER "addToSearch" AFTER INSERT ON "TimelineEntry" FOR EACH ROW
  WHEN (NEW."incidentId" IS NOT NULL AND NEW."text" IS NOT NULL AND NEW."kind" IN ('note', 'question', 'answer'))
  EXECUTE FUNCTION "addToIncidentSearch"();

UPDATE "Incident" SET "what" = "what";

-- Written at once and not in heaps, so that no single report waits for all the ones before it.
CREATE INDEX "Incident_search_idx" ON "Incident" USING gin ("search") WITH (fastupdate = off);

-- The number beside the access to it, so that what was sent to a person is read newest first.
ALTER TABLE "IncidentAccess" ADD COLUMN "number" integer;
CREATE FUNCTION "keepAccessNumber"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."number" := (SELECT i."number" FROM "Incident" i WHERE i."organisationId" = NEW."organisationId" AND i."id" = NEW."incidentId");
  RETURN NEW;
END $$;
CREATE TRIGGER "keepNumber" BEFORE INSERT ON "IncidentAccess" FOR EACH ROW EXECUTE FUNCTION "keepAccessNumber"();
UPDATE "IncidentAccess" a SET "number" = i."number" FROM "Incident" i
  WHERE i."organisationId" = a."organisationId" AND i."id" = a."incidentId";
CREATE INDEX "IncidentAccess_organisationId_personId_number_idx" ON "IncidentAccess" ("organisationId", "personId", "number" DESC);

-- Lists are read newest first, all or the open ones, by what they are narrowed to.
CREATE INDEX "Incident_open_idx" ON "Incident" ("organisationId", "number" DESC) WHERE "closedAt" IS NULL;
CREATE INDEX "Incident_open_unit_idx" ON "Incident" ("organisationId", "unitId", "number" DESC) WHERE "closedAt" IS NULL;
CREATE INDEX "Incident_open_status_idx" ON "Incident" ("organisationId", "status", "number" DESC) WHERE "closedAt" IS NULL;
CREATE INDEX "Incident_open_kind_idx" ON "Incident" ("organisationId", "kind", "number" DESC) WHERE "closedAt" IS NULL;
CREATE INDEX "Incident_open_category_idx" ON "Incident" ("organisationId", "category", "number" DESC) WHERE "closedAt" IS NULL;

-- DropIndex
DROP INDEX "Incident_organisationId_closedAt_number_idx";

-- DropIndex
DROP INDEX "Incident_organisationId_unitId_closedAt_number_idx";

-- CreateIndex
CREATE INDEX "Incident_organisationId_unitId_number_idx" ON "Incident"("organisationId", "unitId", "number" DESC);

-- CreateIndex
CREATE INDEX "Incident_organisationId_kind_number_idx" ON "Incident"("organisationId", "kind", "number" DESC);

-- CreateIndex
CREATE INDEX "Incident_organisationId_category_number_idx" ON "Incident"("organisationId", "category", "number" DESC);

-- CreateIndex
CREATE INDEX "Incident_organisationId_happenedAt_idx" ON "Incident"("organisationId", "happenedAt");
