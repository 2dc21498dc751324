ALTER TABLE notifications ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE notifications FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON notifications TO aval_app
  USING (application_id = (SELECT current_application()))
  WITH CHECK (application_id = (SELECT current_application()));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON notifications TO aval_app;
