CREATE TABLE "partner_links" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"digest" "bytea" NOT NULL,
	"as" text NOT NULL,
	"created_by_label" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"used_by_application_id" uuid,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "partner_links_application_id_id_pk" PRIMARY KEY("application_id","id")
);
--> statement-breakpoint
CREATE TABLE "partnerships" (
	"issuer_application_id" uuid NOT NULL,
	"receiver_application_id" uuid NOT NULL,
	"state" text NOT NULL,
	"invited_by" uuid,
	"paused_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partnerships_once_per_direction" PRIMARY KEY("issuer_application_id","receiver_application_id"),
	CONSTRAINT "partnerships_of_two" CHECK ("partnerships"."issuer_application_id" <> "partnerships"."receiver_application_id"),
	CONSTRAINT "partnerships_paused_by_one" CHECK (("partnerships"."state" = 'paused') = ("partnerships"."paused_by" is not null)),
	CONSTRAINT "partnerships_invited_by_one" CHECK ("partnerships"."state" <> 'invited' or "partnerships"."invited_by" is not null)
);
--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "ecosystem_role" text;--> statement-breakpoint
CREATE UNIQUE INDEX "partner_links_digest_once" ON "partner_links" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "partner_links_by_time" ON "partner_links" USING btree ("application_id","created_at");--> statement-breakpoint
CREATE INDEX "partnerships_of_receiver" ON "partnerships" USING btree ("receiver_application_id","issuer_application_id");