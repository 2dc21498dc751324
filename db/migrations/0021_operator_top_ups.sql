-- Whoever runs the installation sees which top-ups wait, and settles one inside its application. Who asked, and where
-- they are led afterwards, stays out of sight.
CREATE POLICY every_application ON top_ups FOR SELECT TO aval_worker USING (true);
--> statement-breakpoint
GRANT SELECT (application_id, id, environment, amount, status, requested_at) ON top_ups TO aval_worker;
