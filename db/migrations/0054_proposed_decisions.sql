CREATE TABLE "proposed_decisions" (
	"application_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"outcome" text NOT NULL,
	"reason_code" text,
	"sealed_comment" "bytea",
	"session_version" integer NOT NULL,
	"proposed_by_id" uuid NOT NULL,
	"proposed_by_label" text NOT NULL,
	"proposed_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "proposed_decisions_application_id_session_id_pk" PRIMARY KEY("application_id","session_id"),
	CONSTRAINT "proposed_decisions_outcome_known" CHECK ("proposed_decisions"."outcome" in ('Approved', 'Declined'))
);
--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "proposed_by_label" text;--> statement-breakpoint
ALTER TABLE "workflows" ADD COLUMN "four_eyes" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "proposed_decisions" ADD CONSTRAINT "proposed_decisions_session" FOREIGN KEY ("application_id","session_id") REFERENCES "public"."sessions"("application_id","id") ON DELETE cascade ON UPDATE no action;