DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['list_exports', 'list_export_parts'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own ON %I TO aval_app, aval_import
      USING (application_id = (SELECT current_application()))
      WITH CHECK (application_id = (SELECT current_application()))', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO aval_app', name);
  END LOOP;
END $$;
--> statement-breakpoint
-- The worker learns which exports wait or are over, and takes a lease; their files are written inside the application.
CREATE POLICY every_application ON list_exports TO aval_worker USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT (application_id, id, status, leased_until, requested_at, expires_at), UPDATE (leased_until) ON list_exports TO aval_worker;
