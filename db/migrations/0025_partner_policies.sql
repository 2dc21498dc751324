CREATE TABLE "partner_policies" (
	"application_id" uuid NOT NULL,
	"partner_application_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"rules" jsonb NOT NULL,
	"created_by_id" text NOT NULL,
	"created_by_label" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partner_policies_version_once" PRIMARY KEY("application_id","partner_application_id","version"),
	CONSTRAINT "partner_policies_version_positive" CHECK ("partner_policies"."version" > 0)
);
--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "policy_version" integer;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "policy_outcome" text;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "policy_codes" jsonb;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "sealed_policy_reasons" "bytea";