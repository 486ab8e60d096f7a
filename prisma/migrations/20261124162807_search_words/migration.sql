-- A query by its words, each of which has to hold.
CREATE OR REPLACE FUNCTION "searchParts"(given text) RETURNS tsquery[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  typed text := translate(normalize(given, NFC), '“”„«»', '"""""');
  unwanted boolean;
  quoted text;
  word text;
  one tsquery;
  found tsquery[] := '{}';
  small tsquery[] := '{}';
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
      IF numnode(one) = 0 AND NOT unwanted THEN
        IF numnode(plainto_tsquery('simple', word)) > 0 THEN small := small || plainto_tsquery('simple', word); END IF;
      ELSIF word ~ '^[^[:digit:]]{3}' AND NOT unwanted THEN one := one || to_tsquery('simple', word || ':*');
      ELSIF numnode(one) > 0 THEN one := one || plainto_tsquery('simple', word);
      END IF;
    END IF;
    IF numnode(one) > 0 THEN found := found || CASE WHEN unwanted THEN !!one ELSE one END; END IF;
  END LOOP;
  RETURN CASE WHEN found <> '{}' THEN found ELSE small END;
END $$;

CREATE OR REPLACE FUNCTION "searchQuery"(given text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(string_agg('(' || one::text || ')', ' & '), '')::tsquery FROM unnest("searchParts"(given)) AS one
$$;

-- What was sent to a person, and what they need to know of, each newest first.
DROP INDEX "IncidentAccess_organisationId_personId_number_idx";
CREATE INDEX "IncidentAccess_part_idx" ON "IncidentAccess" ("organisationId", "personId", "part", "number" DESC);

DROP INDEX "Incident_open_status_idx";

-- CreateIndex
CREATE INDEX "Incident_organisationId_status_number_idx" ON "Incident"("organisationId", "status", "number" DESC);
