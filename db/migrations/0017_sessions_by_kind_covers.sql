DROP INDEX "sessions_by_kind";--> statement-breakpoint
CREATE INDEX "sessions_by_kind" ON "sessions" USING btree ("application_id","kind","session_number","status","workflow_id");