DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['partner_automations', 'automation_runs'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own ON %I TO aval_app, aval_import
      USING (application_id = (SELECT current_application()))
      WITH CHECK (application_id = (SELECT current_application()))', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO aval_app', name);
  END LOOP;
END $$;
--> statement-breakpoint
-- Whatever finishes a session asks whether anything is to be minted by itself; an import finishes sessions as well.
GRANT SELECT ON partner_automations TO aval_import;
