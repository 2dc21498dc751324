ALTER TABLE proposed_decisions ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE proposed_decisions FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON proposed_decisions TO aval_app
  USING (application_id = (SELECT current_application()))
  WITH CHECK (application_id = (SELECT current_application()));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON proposed_decisions TO aval_app;
