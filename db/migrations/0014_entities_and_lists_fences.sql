DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['entity_search', 'entity_changes', 'lists', 'list_entries', 'list_hits'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own ON %I TO aval_app, aval_import
      USING (application_id = (SELECT current_application()))
      WITH CHECK (application_id = (SELECT current_application()))', name);
  END LOOP;
END $$;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON entity_search, entity_changes, lists, list_entries, list_hits TO aval_app;
--> statement-breakpoint
-- A redemption looks at the receiver's own lists and writes what it met.
GRANT SELECT ON lists, list_entries TO aval_import;
--> statement-breakpoint
GRANT SELECT, INSERT ON list_hits TO aval_import;
