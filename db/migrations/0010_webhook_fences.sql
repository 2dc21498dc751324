DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'webhook_destinations', 'webhook_queues', 'webhook_events', 'webhook_bodies', 'webhook_deliveries',
    'webhook_attempts', 'webhook_test_receivers', 'webhook_test_receipts'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own ON %I TO aval_app, aval_import
      USING (application_id = (SELECT current_application()))
      WITH CHECK (application_id = (SELECT current_application()))', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO aval_app', name);
  END LOOP;
END $$;
--> statement-breakpoint
-- An import queues its events as the role it runs as.
GRANT SELECT ON webhook_destinations, webhook_queues, webhook_events, webhook_deliveries TO aval_import;
--> statement-breakpoint
GRANT INSERT ON webhook_events, webhook_deliveries TO aval_import;
--> statement-breakpoint
-- The worker sees which lines have something due, leases them, and clears away what is old. What is in the messages,
-- and where they go, it reads as the application they belong to.
CREATE POLICY every_application ON webhook_queues TO aval_worker USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY every_application ON webhook_deliveries TO aval_worker USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY every_application ON webhook_events TO aval_worker USING (true) WITH CHECK (true);
--> statement-breakpoint
GRANT SELECT, UPDATE ON webhook_queues, webhook_deliveries TO aval_worker;
--> statement-breakpoint
GRANT SELECT, DELETE ON webhook_events TO aval_worker;
--> statement-breakpoint
ALTER TABLE webhook_bodies ALTER COLUMN sealed_body SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE webhook_test_receipts ALTER COLUMN sealed_body SET STORAGE EXTERNAL;
