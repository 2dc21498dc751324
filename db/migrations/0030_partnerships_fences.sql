-- Whoever has shared before is a partner already. Where the fences hold for whoever migrates, this finds nothing, and the
-- next share does the same.
INSERT INTO partnerships (issuer_application_id, receiver_application_id, state, created_at, updated_at)
  SELECT application_id, for_application_id, 'active', min(issued_at), min(issued_at) FROM share_tokens GROUP BY 1, 2
  ON CONFLICT DO NOTHING;
--> statement-breakpoint
ALTER TABLE partnerships ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE partnerships FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
-- A relation is both sides', and nobody else's.
CREATE POLICY both_sides ON partnerships TO aval_app, aval_import
  USING ((SELECT current_application()) IN (issuer_application_id, receiver_application_id))
  WITH CHECK ((SELECT current_application()) IN (issuer_application_id, receiver_application_id));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON partnerships TO aval_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON partnerships TO aval_import;
--> statement-breakpoint
ALTER TABLE partner_links ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE partner_links FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own ON partner_links TO aval_app, aval_import
  USING (application_id = (SELECT current_application()))
  WITH CHECK (application_id = (SELECT current_application()));
--> statement-breakpoint
-- Whoever holds a link sees it and may use it up; the setting lasts for their transaction.
CREATE POLICY presented ON partner_links FOR SELECT TO aval_app
  USING (digest = decode(nullif(current_setting('aval.partner_link_digest', true), ''), 'hex'));
--> statement-breakpoint
CREATE POLICY presented_use ON partner_links FOR UPDATE TO aval_app
  USING (digest = decode(nullif(current_setting('aval.partner_link_digest', true), ''), 'hex'))
  WITH CHECK (digest = decode(nullif(current_setting('aval.partner_link_digest', true), ''), 'hex')
    AND used_by_application_id = (SELECT current_application()));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON partner_links TO aval_app;
