-- A fourth role, for whoever holds a session's link: it finds the session of the token that was presented, and nothing else.
-- A policy for aval_app would do the same, but every query of that role would have to look at it.
DO $$
BEGIN
  BEGIN
    CREATE ROLE aval_door NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  IF NOT pg_has_role(current_user, 'aval_door', 'MEMBER') THEN
    GRANT aval_door TO CURRENT_USER;
  END IF;
END $$;
--> statement-breakpoint
CREATE POLICY presented ON sessions FOR SELECT TO aval_door
  USING (token_digest = decode(nullif(current_setting('aval.session_token_digest', true), ''), 'hex'));
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO aval_door;
--> statement-breakpoint
GRANT SELECT (application_id, id, token_digest) ON sessions TO aval_door;
