CREATE TABLE "automation_runs" (
	"application_id" uuid NOT NULL,
	"partner_application_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"share_token_id" uuid,
	"code" text,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "automation_runs_once_per_session" PRIMARY KEY("application_id","partner_application_id","session_id"),
	CONSTRAINT "automation_runs_token_or_code" CHECK (("automation_runs"."share_token_id" is null) = ("automation_runs"."code" is not null))
);
--> statement-breakpoint
CREATE TABLE "partner_automations" (
	"application_id" uuid NOT NULL,
	"partner_application_id" uuid NOT NULL,
	"side" text NOT NULL,
	"enabled" boolean NOT NULL,
	"rule" jsonb NOT NULL,
	"version" integer NOT NULL,
	"set_by_label" text NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "partner_automations_once_per_side" PRIMARY KEY("application_id","partner_application_id","side")
);
--> statement-breakpoint
ALTER TABLE "share_inbox" ADD COLUMN "failure_code" text;--> statement-breakpoint
CREATE INDEX "automation_runs_by_time" ON "automation_runs" USING btree ("application_id","partner_application_id","at");