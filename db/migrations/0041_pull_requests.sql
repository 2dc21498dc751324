CREATE TABLE "pull_requests" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"direction" text NOT NULL,
	"partner_application_id" uuid NOT NULL,
	"session_kind" text NOT NULL,
	"reference_kind" text NOT NULL,
	"reference" text NOT NULL,
	"blocks" jsonb NOT NULL,
	"reason" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"decline_reason" text,
	"share_token_id" uuid,
	"created_by_label" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"answered_by_label" text,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "pull_requests_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "pull_requests_answered" CHECK (("pull_requests"."state" = 'open') = ("pull_requests"."answered_at" is null)),
	CONSTRAINT "pull_requests_token_when_approved" CHECK (("pull_requests"."state" = 'approved') = ("pull_requests"."share_token_id" is not null)),
	CONSTRAINT "pull_requests_reason_when_declined" CHECK (("pull_requests"."state" = 'declined') = ("pull_requests"."decline_reason" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "pull_requests_one_open" ON "pull_requests" USING btree ("application_id","direction","partner_application_id","session_kind","reference_kind","reference") WHERE "pull_requests"."state" = 'open';--> statement-breakpoint
CREATE INDEX "pull_requests_by_time" ON "pull_requests" USING btree ("application_id","created_at","id");--> statement-breakpoint
CREATE INDEX "pull_requests_open" ON "pull_requests" USING btree ("application_id","expires_at") WHERE "pull_requests"."state" = 'open';