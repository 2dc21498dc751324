CREATE TABLE "agreement_reminders" (
	"issuer_application_id" uuid NOT NULL,
	"receiver_application_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"side" text NOT NULL,
	"days_before" integer NOT NULL,
	"sent_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agreement_reminders_once" PRIMARY KEY("issuer_application_id","receiver_application_id","version","side","days_before"),
	CONSTRAINT "agreement_reminders_side_known" CHECK ("agreement_reminders"."side" in ('issuer', 'receiver'))
);
--> statement-breakpoint
CREATE TABLE "agreement_signatures" (
	"issuer_application_id" uuid NOT NULL,
	"receiver_application_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"side" text NOT NULL,
	"hash" text NOT NULL,
	"signer_id" uuid NOT NULL,
	"signer_name" text NOT NULL,
	"signer_role" text NOT NULL,
	"signed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "agreement_signatures_once_per_side" PRIMARY KEY("issuer_application_id","receiver_application_id","version","side"),
	CONSTRAINT "agreement_signatures_two_people" UNIQUE("issuer_application_id","receiver_application_id","version","signer_id"),
	CONSTRAINT "agreement_signatures_side_known" CHECK ("agreement_signatures"."side" in ('issuer', 'receiver'))
);
--> statement-breakpoint
CREATE TABLE "agreement_versions" (
	"issuer_application_id" uuid NOT NULL,
	"receiver_application_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"terms" jsonb NOT NULL,
	"text" text NOT NULL,
	"hash" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"in_force_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"closed_by" text,
	"review_on" date NOT NULL,
	"ends_on" date,
	CONSTRAINT "agreement_versions_number_once" PRIMARY KEY("issuer_application_id","receiver_application_id","version"),
	CONSTRAINT "agreement_versions_hash" UNIQUE("issuer_application_id","receiver_application_id","version","hash"),
	CONSTRAINT "agreement_versions_positive" CHECK ("agreement_versions"."version" > 0),
	CONSTRAINT "agreement_versions_hash_of_text" CHECK ("agreement_versions"."hash" = encode(sha256(convert_to("agreement_versions"."text", 'UTF8')), 'hex')),
	CONSTRAINT "agreement_versions_review_before_end" CHECK ("agreement_versions"."ends_on" is null or "agreement_versions"."review_on" <= "agreement_versions"."ends_on"),
	CONSTRAINT "agreement_versions_state_known" CHECK ("agreement_versions"."state" in ('proposed', 'in_force', 'replaced', 'superseded', 'withdrawn', 'declined', 'terminated'))
);
--> statement-breakpoint
CREATE TABLE "agreements" (
	"issuer_application_id" uuid NOT NULL,
	"receiver_application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"last_version" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agreements_once_per_direction" PRIMARY KEY("issuer_application_id","receiver_application_id"),
	CONSTRAINT "agreements_id_once" UNIQUE("id"),
	CONSTRAINT "agreements_of_two" CHECK ("agreements"."issuer_application_id" <> "agreements"."receiver_application_id")
);
--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "require_agreement" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "agreement" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "agreement" jsonb;--> statement-breakpoint
ALTER TABLE "share_tokens" ADD COLUMN "agreement" jsonb;--> statement-breakpoint
ALTER TABLE "agreement_signatures" ADD CONSTRAINT "agreement_signatures_of_text" FOREIGN KEY ("issuer_application_id","receiver_application_id","version","hash") REFERENCES "public"."agreement_versions"("issuer_application_id","receiver_application_id","version","hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_versions" ADD CONSTRAINT "agreement_versions_of_agreement" FOREIGN KEY ("issuer_application_id","receiver_application_id") REFERENCES "public"."agreements"("issuer_application_id","receiver_application_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agreement_versions_one_in_force" ON "agreement_versions" USING btree ("issuer_application_id","receiver_application_id") WHERE "agreement_versions"."state" = 'in_force';--> statement-breakpoint
CREATE UNIQUE INDEX "agreement_versions_one_proposed" ON "agreement_versions" USING btree ("issuer_application_id","receiver_application_id") WHERE "agreement_versions"."state" = 'proposed';--> statement-breakpoint
CREATE INDEX "agreement_versions_by_review" ON "agreement_versions" USING btree ("review_on") WHERE "agreement_versions"."state" = 'in_force';--> statement-breakpoint
CREATE INDEX "agreements_of_receiver" ON "agreements" USING btree ("receiver_application_id","issuer_application_id");