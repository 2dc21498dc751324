ALTER TABLE trust_changes ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE trust_changes FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON trust_changes TO aval_app, aval_import
  USING (application_id = (SELECT current_application()))
  WITH CHECK (application_id = (SELECT current_application()));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON trust_changes TO aval_app;
