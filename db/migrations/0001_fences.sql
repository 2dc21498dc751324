-- Tenancy is decided here, whatever the code above forgets. Each transaction takes one of three roles, none of which
-- owns a table or bypasses row-level security:
--   aval_app     one application's rows, for reading and writing
--   aval_import  the same, plus reading what one presented share token opens, in the issuer's application
--   aval_worker  the outbox of every application, and nothing else
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['aval_app', 'aval_import', 'aval_worker'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT', name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    IF NOT pg_has_role(current_user, name, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', name);
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION current_application() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('aval.application_id', true), '')::uuid $$;
--> statement-breakpoint
CREATE FUNCTION current_share_token() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('aval.share_token_id', true), '')::uuid $$;
--> statement-breakpoint
-- The token row is what permits the one read across the fence: it must name the reader, be unexpired and unrevoked,
-- and the row must belong to the session it was minted for, or to a key person of that company.
CREATE FUNCTION share_token_opens(issuer uuid, session uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM share_tokens t
    WHERE t.application_id = issuer AND t.id = current_share_token()
      AND t.for_application_id = current_application()
      AND t.revoked_at IS NULL AND t.expires_at > now()
      AND (t.session_id = session OR EXISTS (
        SELECT 1 FROM session_links l
        WHERE l.application_id = issuer AND l.parent_session_id = t.session_id AND l.child_session_id = session)))
$$;
--> statement-breakpoint
CREATE FUNCTION share_token_names(issuer uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM share_tokens t
    WHERE t.application_id = issuer AND t.id = current_share_token()
      AND t.for_application_id = current_application()
      AND t.revoked_at IS NULL AND t.expires_at > now())
$$;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'api_keys', 'session_numbers', 'tenant_keys', 'media', 'workflows', 'entities', 'sessions', 'session_records',
    'session_links', 'session_search', 'reviews', 'partners', 'share_tokens', 'imports', 'audit_entries', 'outbox',
    'idempotency_keys'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own ON %I TO aval_app, aval_import
      USING (application_id = (SELECT current_application()))
      WITH CHECK (application_id = (SELECT current_application()))', name);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE POLICY addressed ON share_tokens FOR SELECT TO aval_app, aval_import
  USING (for_application_id = (SELECT current_application()));
--> statement-breakpoint
CREATE POLICY opened_by_token ON sessions FOR SELECT TO aval_import USING (share_token_opens(application_id, id));
--> statement-breakpoint
CREATE POLICY opened_by_token ON session_records FOR SELECT TO aval_import USING (share_token_opens(application_id, session_id));
--> statement-breakpoint
CREATE POLICY opened_by_token ON media FOR SELECT TO aval_import USING (share_token_opens(application_id, session_id));
--> statement-breakpoint
CREATE POLICY opened_by_token ON reviews FOR SELECT TO aval_import USING (share_token_opens(application_id, session_id));
--> statement-breakpoint
CREATE POLICY opened_by_token ON session_links FOR SELECT TO aval_import
  USING (EXISTS (
    SELECT 1 FROM share_tokens t
    WHERE t.application_id = session_links.application_id AND t.id = (SELECT current_share_token())
      AND t.session_id = session_links.parent_session_id
      AND t.for_application_id = (SELECT current_application())
      AND t.revoked_at IS NULL AND t.expires_at > now()));
--> statement-breakpoint
CREATE POLICY opened_by_token ON tenant_keys FOR SELECT TO aval_import USING (share_token_names(application_id));
--> statement-breakpoint
CREATE POLICY every_application ON outbox TO aval_worker USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY presented ON api_keys FOR SELECT TO aval_app
  USING (digest = decode(nullif(current_setting('aval.api_key_digest', true), ''), 'hex'));
--> statement-breakpoint
-- Finds the key that was presented, and no other: the setting lasts for this call's transaction.
CREATE FUNCTION identify_api_key(presented bytea) RETURNS SETOF api_keys LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('aval.api_key_digest', encode(presented, 'hex'), true);
  RETURN QUERY SELECT * FROM api_keys WHERE digest = presented;
  PERFORM set_config('aval.api_key_digest', '', true);
END $$;
--> statement-breakpoint
-- Media content is shared between applications: the last wrapped key to go releases it.
CREATE FUNCTION count_media_references() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE counted int;
BEGIN
  IF TG_OP = 'INSERT' THEN
    UPDATE media_blobs b SET reference_count = b.reference_count + n.added
    FROM (SELECT blob_id, count(*)::int AS added FROM changed GROUP BY blob_id) n WHERE b.id = n.blob_id;
    GET DIAGNOSTICS counted = ROW_COUNT;
    -- Swept away since it was read: a row must never name content that is gone.
    IF counted <> (SELECT count(DISTINCT blob_id) FROM changed) THEN
      RAISE EXCEPTION 'media content is gone' USING ERRCODE = 'serialization_failure';
    END IF;
  ELSE
    UPDATE media_blobs b SET reference_count = b.reference_count - n.removed
    FROM (SELECT blob_id, count(*)::int AS removed FROM changed GROUP BY blob_id) n WHERE b.id = n.blob_id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER media_added AFTER INSERT ON media REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_media_references();
--> statement-breakpoint
CREATE TRIGGER media_removed AFTER DELETE ON media REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_media_references();
--> statement-breakpoint
-- Sealed bytes do not compress; spare the attempt.
ALTER TABLE session_records ALTER COLUMN body SET STORAGE EXTERNAL, ALTER COLUMN card SET STORAGE EXTERNAL;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO aval_app, aval_import, aval_worker;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON
  organisations, applications, members, memberships, console_sessions, sign_in_failures, installation, signing_keys, media_blobs,
  api_keys, session_numbers, tenant_keys, media, workflows, entities, sessions, session_records, session_links,
  session_search, reviews, partners, share_tokens, imports, outbox, idempotency_keys
  TO aval_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON audit_entries TO aval_app, aval_import;
--> statement-breakpoint
GRANT SELECT ON organisations, applications, signing_keys, workflows TO aval_import;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON
  session_numbers, tenant_keys, media, media_blobs, entities, sessions, session_records, session_links, session_search,
  reviews, partners, imports, outbox, idempotency_keys
  TO aval_import;
--> statement-breakpoint
GRANT SELECT ON share_tokens TO aval_import;
--> statement-breakpoint
GRANT SELECT, UPDATE, DELETE ON outbox TO aval_worker;
