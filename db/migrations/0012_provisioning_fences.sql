GRANT SELECT, INSERT, UPDATE, DELETE ON registrations, throttles, token_sessions, invitations, mails TO aval_app;
--> statement-breakpoint
-- Of a scoped key: {"workflows": [...], "statuses": [...]}, either absent for no limit. NULL for everybody else.
CREATE FUNCTION current_limits() RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('aval.limits', true), '')::jsonb $$;
--> statement-breakpoint
-- A session outside a key's limits is not there for it, whichever act asks. The issuer's side of an import is opened by
-- its token, not by the receiver's limits.
CREATE POLICY within_limits ON sessions AS RESTRICTIVE FOR SELECT TO aval_app, aval_import USING (
  (SELECT current_limits()) IS NULL
  OR application_id IS DISTINCT FROM (SELECT current_application())
  OR (((SELECT current_limits()) -> 'workflows' IS NULL OR (SELECT current_limits()) -> 'workflows' ? workflow_id::text)
    AND ((SELECT current_limits()) -> 'statuses' IS NULL OR (SELECT current_limits()) -> 'statuses' ? status)));
--> statement-breakpoint
-- Which of an organisation's applications a session belongs to, each asked inside its own fence.
CREATE FUNCTION application_of_session(session uuid, candidates uuid[]) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  before text := coalesce(current_setting('aval.application_id', true), '');
  one uuid;
  found_in uuid;
BEGIN
  FOREACH one IN ARRAY candidates LOOP
    PERFORM set_config('aval.application_id', one::text, true);
    IF EXISTS (SELECT 1 FROM sessions s WHERE s.application_id = one AND s.id = session) THEN
      found_in := one;
      EXIT;
    END IF;
  END LOOP;
  PERFORM set_config('aval.application_id', before, true);
  RETURN found_in;
END $$;
--> statement-breakpoint
-- Workflows now have a privilege of their own. Keys that could read them go on reading them.
ALTER TABLE api_keys NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE api_keys SET privileges = privileges || '["read:workflows"]'::jsonb
WHERE privileges ? 'read:sessions' AND NOT privileges ? 'read:workflows';
--> statement-breakpoint
ALTER TABLE api_keys FORCE ROW LEVEL SECURITY;
