DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['usage', 'usage_days', 'top_ups'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own ON %I TO aval_app, aval_import
      USING (application_id = (SELECT current_application()))
      WITH CHECK (application_id = (SELECT current_application()))', name);
  END LOOP;
END $$;
--> statement-breakpoint
-- An account is an organisation's: its applications see each other's counts and payments, which name nobody.
CREATE FUNCTION shares_account(other uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM applications own JOIN applications theirs ON theirs.organisation_id = own.organisation_id
    WHERE own.id = current_application() AND theirs.id = other)
$$;
--> statement-breakpoint
CREATE POLICY of_account ON usage_days FOR SELECT TO aval_app USING (shares_account(application_id));
--> statement-breakpoint
CREATE POLICY of_account ON top_ups FOR SELECT TO aval_app USING (shares_account(application_id));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON usage, usage_days, top_ups TO aval_app;
