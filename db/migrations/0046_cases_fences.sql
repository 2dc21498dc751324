DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['cases', 'saved_views'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own ON %I TO aval_app, aval_import
      USING (application_id = (SELECT current_application()))
      WITH CHECK (application_id = (SELECT current_application()))', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO aval_app', name);
  END LOOP;
END $$;
--> statement-breakpoint
-- An import puts sessions into review as well.
GRANT SELECT, INSERT, UPDATE ON cases TO aval_import;
--> statement-breakpoint
-- A session that comes into review opens a case, one that leaves it closes its case, whichever act it was.
CREATE FUNCTION mind_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'In Review' THEN
    INSERT INTO cases (application_id, id, session_id, session_number, opened_at, due_at)
    SELECT NEW.application_id, gen_random_uuid(), NEW.id, NEW.session_number, now(),
      now() + make_interval(hours => a.review_due_in_hours)
    FROM applications a WHERE a.id = NEW.application_id
    ON CONFLICT DO NOTHING;
  ELSE
    UPDATE cases SET closed_at = now(), version = version + 1
    WHERE application_id = NEW.application_id AND session_id = NEW.id AND closed_at IS NULL;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER case_opens AFTER INSERT ON sessions
  FOR EACH ROW WHEN (NEW.status = 'In Review') EXECUTE FUNCTION mind_case();
--> statement-breakpoint
CREATE TRIGGER case_opens_or_closes AFTER UPDATE OF status ON sessions
  FOR EACH ROW WHEN (NEW.status IS DISTINCT FROM OLD.status AND 'In Review' IN (OLD.status, NEW.status))
  EXECUTE FUNCTION mind_case();
--> statement-breakpoint
-- What waits already waits from now on: nothing is late on the day that due times come in.
ALTER TABLE sessions NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE cases NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
INSERT INTO cases (application_id, id, session_id, session_number, opened_at, due_at)
SELECT s.application_id, gen_random_uuid(), s.id, s.session_number, now(), now() + make_interval(hours => a.review_due_in_hours)
FROM sessions s JOIN applications a ON a.id = s.application_id WHERE s.status = 'In Review';
--> statement-breakpoint
ALTER TABLE cases FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
