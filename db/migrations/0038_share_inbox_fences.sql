ALTER TABLE share_inbox ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE share_inbox FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON share_inbox TO aval_app, aval_import
  USING (application_id = (SELECT current_application()))
  WITH CHECK (application_id = (SELECT current_application()));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON share_inbox TO aval_app;
--> statement-breakpoint
-- Redeeming a token takes it out of the inbox in the same transaction.
GRANT SELECT, UPDATE ON share_inbox TO aval_import;
--> statement-breakpoint
-- The clock learns in which applications a token has waited too long, and nothing else of it.
CREATE POLICY overdue ON share_inbox FOR SELECT TO aval_worker USING (state = 'waiting' AND expires_at <= now());
--> statement-breakpoint
GRANT SELECT (application_id, state, expires_at) ON share_inbox TO aval_worker;
