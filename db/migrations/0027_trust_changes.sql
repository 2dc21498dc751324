CREATE TABLE "trust_changes" (
	"application_id" uuid NOT NULL,
	"partner_application_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"trusted" boolean NOT NULL,
	"state" text NOT NULL,
	"four_eyes" boolean NOT NULL,
	"version" integer,
	"requested_by_id" text NOT NULL,
	"requested_by_label" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"settled_by_id" text,
	"settled_by_label" text,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "trust_changes_number_once" PRIMARY KEY("application_id","partner_application_id","number"),
	CONSTRAINT "trust_changes_settled_unless_waiting" CHECK (("trust_changes"."state" = 'waiting') = ("trust_changes"."settled_by_id" is null)),
	CONSTRAINT "trust_changes_version_in_effect" CHECK (("trust_changes"."state" = 'in_effect') = ("trust_changes"."version" is not null)),
	CONSTRAINT "trust_changes_two_people" CHECK (not ("trust_changes"."trusted" and "trust_changes"."four_eyes" and "trust_changes"."state" = 'in_effect' and "trust_changes"."settled_by_id" = "trust_changes"."requested_by_id"))
);
--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "four_eyes_on_trust" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "partners" ADD COLUMN "trust_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "trust_changes_one_waiting" ON "trust_changes" USING btree ("application_id","partner_application_id") WHERE "trust_changes"."state" = 'waiting';