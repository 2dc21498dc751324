-- What is known of tokens from before the ledger, out of the tokens themselves and the trail.
ALTER TABLE share_tokens NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE imports NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE audit_entries NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
INSERT INTO share_token_events (application_id, id, share_token_id, at, side, event, partner_application_id, actor_kind, actor_label)
  SELECT application_id, gen_random_uuid(), id, issued_at, 'issuer', 'minted', for_application_id, minted_by_kind, minted_by_label
  FROM share_tokens;
--> statement-breakpoint
INSERT INTO share_token_events (application_id, id, share_token_id, at, side, event, partner_application_id, actor_kind, actor_label)
  SELECT application_id, gen_random_uuid(), id, revoked_at, 'issuer', 'revoked', for_application_id, 'member', revoked_by_label
  FROM share_tokens WHERE revoked_at IS NOT NULL;
--> statement-breakpoint
INSERT INTO share_token_events (application_id, id, share_token_id, at, side, event, partner_application_id, actor_kind)
  SELECT application_id, gen_random_uuid(), id, redeemed_at, 'issuer', 'redeemed', for_application_id, 'partner'
  FROM share_tokens WHERE redeemed_at IS NOT NULL;
--> statement-breakpoint
INSERT INTO share_token_events (application_id, id, share_token_id, at, side, event, partner_application_id, actor_kind, code)
  SELECT t.application_id, e.id, t.id, e.at, 'issuer', 'refused', coalesce(e.counterparty_application_id, t.for_application_id), 'partner', e.detail->>'code'
  FROM audit_entries e JOIN share_tokens t ON t.application_id = e.application_id AND t.id::text = e.subject_id
  WHERE e.action = 'share_token.refused';
--> statement-breakpoint
UPDATE share_tokens t SET refused_at = r.at, refused_code = r.code
  FROM (SELECT DISTINCT ON (application_id, share_token_id) application_id, share_token_id, at, code
        FROM share_token_events WHERE side = 'issuer' AND event = 'refused'
        ORDER BY application_id, share_token_id, at DESC) r
  WHERE t.application_id = r.application_id AND t.id = r.share_token_id;
--> statement-breakpoint
INSERT INTO presented_tokens (application_id, share_token_id, source_application_id, source_session_id, session_kind, expires_at,
    first_at, presented_by_kind, presented_by_label, redeemed_at, session_id)
  SELECT i.application_id, i.share_token_id, i.source_application_id, i.source_session_id, t.session_kind, t.expires_at,
    i.imported_at, i.imported_by_kind, i.imported_by_label, i.imported_at, i.session_id
  FROM imports i JOIN share_tokens t ON t.application_id = i.source_application_id AND t.id = i.share_token_id;
--> statement-breakpoint
INSERT INTO share_token_events (application_id, id, share_token_id, at, side, event, partner_application_id, actor_kind, actor_label)
  SELECT application_id, gen_random_uuid(), share_token_id, imported_at, 'receiver', 'redeemed', source_application_id, imported_by_kind, imported_by_label
  FROM imports;
--> statement-breakpoint
ALTER TABLE share_tokens FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE imports FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE audit_entries FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['presented_tokens', 'share_token_events'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own ON %I TO aval_app, aval_import
      USING (application_id = (SELECT current_application()))
      WITH CHECK (application_id = (SELECT current_application()))', name);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON presented_tokens TO aval_app, aval_import;
--> statement-breakpoint
-- What happened stays as it was written.
GRANT SELECT, INSERT ON share_token_events TO aval_app, aval_import;
--> statement-breakpoint
-- The one write across the fence: whoever redeems the token they present says so on its row, while it is open. That row
-- then decides between redeemed and revoked, whichever comes first.
CREATE POLICY redeemed_by_holder ON share_tokens FOR UPDATE TO aval_import
  USING (id = (SELECT current_share_token()) AND for_application_id = (SELECT current_application())
    AND redeemed_at IS NULL AND revoked_at IS NULL AND expires_at > now())
  WITH CHECK (id = (SELECT current_share_token()) AND for_application_id = (SELECT current_application())
    AND redeemed_at IS NOT NULL);
--> statement-breakpoint
GRANT UPDATE (redeemed_at) ON share_tokens TO aval_import;
