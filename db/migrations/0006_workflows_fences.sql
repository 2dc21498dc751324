-- Before the fence is up: every workflow there is becomes its own first version. A login that owns the tables is held by
-- their fence, too, so it is lifted for this one copy.
ALTER TABLE workflows NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
INSERT INTO workflow_versions (application_id, workflow_id, version, version_id, status, label, steps, settings,
  created_by_label, created_at, updated_at, published_at)
SELECT w.application_id, w.id, w.version, w.version_id, w.status, w.label,
  (SELECT coalesce(jsonb_agg(jsonb_build_object('feature', named.feature, 'label', NULL, 'config', '{}'::jsonb) ORDER BY named.at), '[]')
   FROM (SELECT f.at, CASE f.name
       WHEN 'ID_VERIFICATION' THEN 'OCR' WHEN 'POA' THEN 'PROOF_OF_ADDRESS' WHEN 'PHONE' THEN 'PHONE_VERIFICATION'
       WHEN 'EMAIL' THEN 'EMAIL_VERIFICATION' WHEN 'KYB_COMPANY_AML' THEN 'AML' ELSE f.name END AS feature
     FROM jsonb_array_elements_text(w.features) WITH ORDINALITY AS f(name, at)) named),
  jsonb_build_object('isWhiteLabelEnabled', false, 'isDesktopAllowed', false, 'maxRetryAttempts', 3,
    'retryWindowInDays', 7, 'sessionExpirationInSeconds', w.session_expiration_in_seconds),
  'system', w.created_at, w.created_at, w.created_at
FROM workflows w;
--> statement-breakpoint
UPDATE workflows w SET features = (
  SELECT coalesce(jsonb_agg(s.step ->> 'feature' ORDER BY s.at), '[]')
  FROM workflow_versions v, jsonb_array_elements(v.steps) WITH ORDINALITY AS s(step, at)
  WHERE v.application_id = w.application_id AND v.version_id = w.version_id);
--> statement-breakpoint
ALTER TABLE workflows FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['workflow_versions', 'questionnaires'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own ON %I TO aval_app, aval_import
      USING (application_id = (SELECT current_application()))
      WITH CHECK (application_id = (SELECT current_application()))', name);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON workflow_versions, questionnaires TO aval_app;
--> statement-breakpoint
GRANT SELECT ON workflow_versions TO aval_import;
