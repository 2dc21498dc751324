DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['bulk_imports', 'bulk_import_errors'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own ON %I TO aval_app, aval_import
      USING (application_id = (SELECT current_application()))
      WITH CHECK (application_id = (SELECT current_application()))', name);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON bulk_imports, bulk_import_errors TO aval_app;
--> statement-breakpoint
-- The worker learns which imports wait and takes a lease; their rows and errors are written inside the application.
CREATE POLICY every_application ON bulk_imports TO aval_worker USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT (application_id, id, status, leased_until, created_at), UPDATE (leased_until) ON bulk_imports TO aval_worker;
--> statement-breakpoint
-- And which sessions have run out of time: that, and nothing else about them.
CREATE POLICY overdue ON sessions FOR SELECT TO aval_worker
  USING (status IN ('Not Started', 'In Progress') AND expires_at <= now());
--> statement-breakpoint
GRANT SELECT (application_id, id, status, expires_at) ON sessions TO aval_worker;
