CREATE TABLE "presented_tokens" (
	"application_id" uuid NOT NULL,
	"share_token_id" uuid NOT NULL,
	"source_application_id" uuid NOT NULL,
	"source_session_id" uuid NOT NULL,
	"session_kind" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"presented_by_kind" text NOT NULL,
	"presented_by_id" text,
	"presented_by_label" text NOT NULL,
	"previewed_at" timestamp (3) with time zone,
	"refused_at" timestamp (3) with time zone,
	"refused_code" text,
	"redeemed_at" timestamp (3) with time zone,
	"session_id" uuid,
	CONSTRAINT "presented_tokens_application_id_share_token_id_pk" PRIMARY KEY("application_id","share_token_id")
);
--> statement-breakpoint
CREATE TABLE "share_token_events" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"share_token_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"side" text NOT NULL,
	"event" text NOT NULL,
	"partner_application_id" uuid NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_label" text,
	"ip" text,
	"code" text,
	"request_id" text,
	CONSTRAINT "share_token_events_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "share_token_events_side_known" CHECK ("share_token_events"."side" in ('issuer', 'receiver')),
	CONSTRAINT "share_token_events_event_known" CHECK ("share_token_events"."event" in ('minted', 'delivered', 'previewed', 'refused', 'redeemed', 'revoked'))
);
--> statement-breakpoint
ALTER TABLE "share_tokens" ADD COLUMN "minted_by_id" text;--> statement-breakpoint
ALTER TABLE "share_tokens" ADD COLUMN "delivered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "share_tokens" ADD COLUMN "previewed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "share_tokens" ADD COLUMN "refused_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "share_tokens" ADD COLUMN "refused_code" text;--> statement-breakpoint
CREATE INDEX "presented_tokens_by_time" ON "presented_tokens" USING btree ("application_id","first_at","share_token_id");--> statement-breakpoint
CREATE INDEX "presented_tokens_by_partner" ON "presented_tokens" USING btree ("application_id","source_application_id","first_at");--> statement-breakpoint
CREATE INDEX "presented_tokens_by_person" ON "presented_tokens" USING btree ("application_id","presented_by_id","first_at","share_token_id");--> statement-breakpoint
CREATE INDEX "presented_tokens_of_session" ON "presented_tokens" USING btree ("application_id","session_id");--> statement-breakpoint
CREATE INDEX "presented_tokens_refused" ON "presented_tokens" USING btree ("application_id","first_at","share_token_id") WHERE "presented_tokens"."refused_at" is not null;--> statement-breakpoint
CREATE INDEX "presented_tokens_not_redeemed" ON "presented_tokens" USING btree ("application_id","first_at","share_token_id") WHERE "presented_tokens"."redeemed_at" is null;--> statement-breakpoint
CREATE INDEX "share_token_events_of_token" ON "share_token_events" USING btree ("application_id","share_token_id","at");--> statement-breakpoint
CREATE INDEX "share_tokens_by_minter" ON "share_tokens" USING btree ("application_id","minted_by_id","issued_at","id");--> statement-breakpoint
CREATE INDEX "share_tokens_open" ON "share_tokens" USING btree ("application_id","for_application_id","expires_at") WHERE "share_tokens"."redeemed_at" is null and "share_tokens"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "share_tokens_revoked" ON "share_tokens" USING btree ("application_id","issued_at","id") WHERE "share_tokens"."revoked_at" is not null;--> statement-breakpoint
CREATE INDEX "share_tokens_refused" ON "share_tokens" USING btree ("application_id","issued_at","id") WHERE "share_tokens"."refused_at" is not null;--> statement-breakpoint
CREATE INDEX "share_tokens_previewed" ON "share_tokens" USING btree ("application_id","issued_at","id") WHERE "share_tokens"."previewed_at" is not null;--> statement-breakpoint
CREATE INDEX "share_tokens_delivered" ON "share_tokens" USING btree ("application_id","issued_at","id") WHERE "share_tokens"."delivered_at" is not null;--> statement-breakpoint
-- Until now a token could be revoked while the news that it had been redeemed was under way: it was redeemed.
ALTER TABLE share_tokens NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE share_tokens SET revoked_at = NULL, revoked_by_label = NULL WHERE redeemed_at IS NOT NULL AND revoked_at IS NOT NULL;--> statement-breakpoint
ALTER TABLE share_tokens FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "share_tokens" ADD CONSTRAINT "share_tokens_redeemed_or_revoked" CHECK ("share_tokens"."redeemed_at" is null or "share_tokens"."revoked_at" is null);