CREATE TABLE "share_inbox" (
	"application_id" uuid NOT NULL,
	"share_token_id" uuid NOT NULL,
	"issuer_application_id" uuid NOT NULL,
	"source_session_id" uuid NOT NULL,
	"session_kind" text NOT NULL,
	"terms" jsonb,
	"hand_off" text NOT NULL,
	"sealed_token" "bytea",
	"state" text DEFAULT 'waiting' NOT NULL,
	"arrived_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"settled_by_label" text,
	CONSTRAINT "share_inbox_token_once" PRIMARY KEY("application_id","share_token_id"),
	CONSTRAINT "share_inbox_token_while_waiting" CHECK (("share_inbox"."state" = 'waiting') = ("share_inbox"."sealed_token" is not null) and ("share_inbox"."state" = 'waiting') = ("share_inbox"."settled_at" is null))
);
--> statement-breakpoint
ALTER TABLE "share_tokens" ADD COLUMN "hand_off" text DEFAULT 'manual' NOT NULL;--> statement-breakpoint
CREATE INDEX "share_inbox_by_time" ON "share_inbox" USING btree ("application_id","arrived_at","share_token_id");--> statement-breakpoint
CREATE INDEX "share_inbox_waiting" ON "share_inbox" USING btree ("application_id","expires_at") WHERE "share_inbox"."state" = 'waiting';