DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['step_requests'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own ON %I TO aval_app, aval_import
      USING (application_id = (SELECT current_application()))
      WITH CHECK (application_id = (SELECT current_application()))', name);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON step_requests TO aval_app;
--> statement-breakpoint
-- A step is asked for while its token is looked at, before anything is imported.
GRANT SELECT, INSERT ON step_requests TO aval_import;
