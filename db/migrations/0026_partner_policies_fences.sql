ALTER TABLE partner_policies ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE partner_policies FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON partner_policies TO aval_app, aval_import
  USING (application_id = (SELECT current_application()))
  WITH CHECK (application_id = (SELECT current_application()));
--> statement-breakpoint
-- A version is never changed: what an import was judged by stays readable.
GRANT SELECT, INSERT ON partner_policies TO aval_app;
--> statement-breakpoint
GRANT SELECT ON partner_policies TO aval_import;
