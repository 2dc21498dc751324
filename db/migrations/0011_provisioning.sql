CREATE TABLE "invitations" (
	"organisation_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_digest" "bytea" NOT NULL,
	"invited_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "invitations_organisation_id_id_pk" PRIMARY KEY("organisation_id","id")
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid,
	"kind" text NOT NULL,
	"recipient" text NOT NULL,
	"root_key_id" text NOT NULL,
	"sealed_content" "bytea",
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"available_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"sent_at" timestamp (3) with time zone,
	"failed_at" timestamp (3) with time zone,
	CONSTRAINT "mails_keep_no_sent_content" CHECK ("mails"."sent_at" is null or "mails"."sealed_content" is null)
);
--> statement-breakpoint
CREATE TABLE "registrations" (
	"email" text PRIMARY KEY NOT NULL,
	"password_hash" text NOT NULL,
	"code_digest" "bytea" NOT NULL,
	"code_expires_at" timestamp (3) with time zone NOT NULL,
	"wrong_guesses" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "throttles" (
	"digest" "bytea" PRIMARY KEY NOT NULL,
	"moments" timestamp (3) with time zone[] NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "token_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"refresh_digest" "bytea" NOT NULL,
	"used_refresh_digest" "bytea",
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"refreshed_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"ip" text,
	"user_agent" text
);
--> statement-breakpoint
ALTER TABLE "organisations" ALTER COLUMN "legal_name" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ALTER COLUMN "country" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "is_primary" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "sealed_key" "bytea";--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "workflow_ids" jsonb;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "statuses" jsonb;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "addresses" jsonb;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "media" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "replaced_by_id" uuid;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "website_url" text;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "redirect_uris" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "terms_url" text;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "privacy_url" text;--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "description" text;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "contact_email" text;--> statement-breakpoint
ALTER TABLE "signing_keys" ADD COLUMN "purpose" text DEFAULT 'share_token' NOT NULL;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token_sessions" ADD CONSTRAINT "token_sessions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token_once" ON "invitations" USING btree ("token_digest");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_one_open_per_address" ON "invitations" USING btree ("organisation_id","email") WHERE "invitations"."accepted_at" is null and "invitations"."revoked_at" is null;--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" USING btree ("available_at") WHERE "mails"."sent_at" is null and "mails"."failed_at" is null;--> statement-breakpoint
CREATE INDEX "mails_of_organisation" ON "mails" USING btree ("organisation_id","id");--> statement-breakpoint
CREATE INDEX "throttles_expired" ON "throttles" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "token_sessions_of_member" ON "token_sessions" USING btree ("member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "token_sessions_refresh_once" ON "token_sessions" USING btree ("refresh_digest");--> statement-breakpoint
CREATE INDEX "token_sessions_used_refresh" ON "token_sessions" USING btree ("used_refresh_digest");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_one_primary" ON "api_keys" USING btree ("application_id") WHERE "api_keys"."is_primary" and "api_keys"."revoked_at" is null and "api_keys"."replaced_by_id" is null;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_sealed_when_primary" CHECK ("api_keys"."sealed_key" is null or "api_keys"."is_primary");