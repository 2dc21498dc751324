-- An agreement is its two sides', and nobody else's.
ALTER TABLE agreements ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE agreements FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY both_sides ON agreements TO aval_app, aval_import
  USING ((SELECT current_application()) IN (issuer_application_id, receiver_application_id))
  WITH CHECK ((SELECT current_application()) IN (issuer_application_id, receiver_application_id));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (last_version) ON agreements TO aval_app;
--> statement-breakpoint
GRANT SELECT ON agreements TO aval_import;
--> statement-breakpoint
ALTER TABLE agreement_versions ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE agreement_versions FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY both_sides ON agreement_versions TO aval_app, aval_import
  USING ((SELECT current_application()) IN (issuer_application_id, receiver_application_id))
  WITH CHECK ((SELECT current_application()) IN (issuer_application_id, receiver_application_id));
--> statement-breakpoint
-- Whoever sends reminders finds by date what is to be reviewed; the terms stay the two sides'.
CREATE POLICY to_be_reviewed ON agreement_versions FOR SELECT TO aval_worker USING (state = 'in_force');
--> statement-breakpoint
-- Terms, text and hash are written once.
GRANT SELECT, INSERT, UPDATE (state, in_force_at, closed_at, closed_by) ON agreement_versions TO aval_app;
--> statement-breakpoint
GRANT SELECT ON agreement_versions TO aval_import;
--> statement-breakpoint
GRANT SELECT (issuer_application_id, receiver_application_id, version, state, review_on, ends_on) ON agreement_versions TO aval_worker;
--> statement-breakpoint
ALTER TABLE agreement_signatures ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE agreement_signatures FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY both_sides ON agreement_signatures FOR SELECT TO aval_app, aval_import
  USING ((SELECT current_application()) IN (issuer_application_id, receiver_application_id));
--> statement-breakpoint
-- Each side signs for itself.
CREATE POLICY own_side ON agreement_signatures FOR INSERT TO aval_app
  WITH CHECK ((SELECT current_application())
    = CASE side WHEN 'issuer' THEN issuer_application_id ELSE receiver_application_id END);
--> statement-breakpoint
GRANT SELECT, INSERT ON agreement_signatures TO aval_app;
--> statement-breakpoint
GRANT SELECT ON agreement_signatures TO aval_import;
--> statement-breakpoint
-- Nothing is in force that both sides have not signed, whatever the program does.
CREATE FUNCTION agreement_signed_by_both() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'in_force' AND (SELECT count(*) FROM agreement_signatures s
      WHERE s.issuer_application_id = NEW.issuer_application_id AND s.receiver_application_id = NEW.receiver_application_id
        AND s.version = NEW.version AND s.hash = NEW.hash) < 2 THEN
    RAISE EXCEPTION 'an agreement is in force when both sides have signed it' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER agreement_signed_by_both BEFORE INSERT OR UPDATE ON agreement_versions
  FOR EACH ROW EXECUTE FUNCTION agreement_signed_by_both();
--> statement-breakpoint
ALTER TABLE agreement_reminders ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE agreement_reminders FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY own_side ON agreement_reminders TO aval_app
  USING ((SELECT current_application())
    = CASE side WHEN 'issuer' THEN issuer_application_id ELSE receiver_application_id END)
  WITH CHECK ((SELECT current_application())
    = CASE side WHEN 'issuer' THEN issuer_application_id ELSE receiver_application_id END);
--> statement-breakpoint
GRANT SELECT, INSERT ON agreement_reminders TO aval_app;
