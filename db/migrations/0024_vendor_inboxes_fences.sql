DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['vendor_inboxes', 'vendor_messages', 'vendor_bodies', 'vendor_sessions'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own ON %I TO aval_app, aval_import
      USING (application_id = (SELECT current_application()))
      WITH CHECK (application_id = (SELECT current_application()))', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO aval_app', name);
  END LOOP;
END $$;
--> statement-breakpoint
-- The worker learns which messages wait, takes a lease, and clears away what is old; what is in them, and whose secret
-- signed them, it reads as the application they belong to.
CREATE POLICY every_application ON vendor_messages TO aval_worker USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT (application_id, id, inbox_id, state, due_at, leased_until, tries, received_at),
  UPDATE (leased_until, tries, state, reason, finished_at), DELETE ON vendor_messages TO aval_worker;
--> statement-breakpoint
ALTER TABLE vendor_bodies ALTER COLUMN sealed_body SET STORAGE EXTERNAL;
