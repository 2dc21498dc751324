ALTER TABLE pull_requests ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE pull_requests FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON pull_requests TO aval_app, aval_import
  USING (application_id = (SELECT current_application()))
  WITH CHECK (application_id = (SELECT current_application()));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON pull_requests TO aval_app;
--> statement-breakpoint
-- The clock learns in which applications a request has been open too long, and nothing else of it.
CREATE POLICY overdue ON pull_requests FOR SELECT TO aval_worker USING (state = 'open' AND expires_at <= now());
--> statement-breakpoint
GRANT SELECT (application_id, state, expires_at) ON pull_requests TO aval_worker;
