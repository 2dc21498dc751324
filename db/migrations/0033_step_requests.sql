CREATE TABLE "step_requests" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"direction" text NOT NULL,
	"partner_application_id" uuid NOT NULL,
	"source_session_id" uuid NOT NULL,
	"session_kind" text NOT NULL,
	"steps" jsonb NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"reason" text,
	"asked_again_at" timestamp (3) with time zone,
	"created_by_label" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"answered_by_label" text,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "step_requests_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "step_requests_direction_known" CHECK ("step_requests"."direction" in ('sent', 'received')),
	CONSTRAINT "step_requests_state_known" CHECK ("step_requests"."state" in ('open', 'done', 'declined')),
	CONSTRAINT "step_requests_answered" CHECK (("step_requests"."state" = 'open') = ("step_requests"."answered_at" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "step_requests_one_open" ON "step_requests" USING btree ("application_id","direction","partner_application_id","source_session_id") WHERE "step_requests"."state" = 'open';--> statement-breakpoint
CREATE INDEX "step_requests_by_time" ON "step_requests" USING btree ("application_id","created_at","id");--> statement-breakpoint
CREATE INDEX "step_requests_of_session" ON "step_requests" USING btree ("application_id","source_session_id");