CREATE TABLE "top_ups" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"environment" text NOT NULL,
	"amount" bigint NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"success_url" text,
	"cancel_url" text,
	"requested_by_kind" text NOT NULL,
	"requested_by_label" text NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_by_label" text,
	"settled_at" timestamp (3) with time zone,
	CONSTRAINT "top_ups_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "top_ups_status_known" CHECK ("top_ups"."status" in ('pending', 'paid', 'cancelled')),
	CONSTRAINT "top_ups_amount_positive" CHECK ("top_ups"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "usage" (
	"application_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"environment" text NOT NULL,
	"kind" text NOT NULL,
	"day" date NOT NULL,
	"is_charged" boolean NOT NULL,
	CONSTRAINT "usage_application_id_session_id_pk" PRIMARY KEY("application_id","session_id")
);
--> statement-breakpoint
CREATE TABLE "usage_days" (
	"application_id" uuid NOT NULL,
	"environment" text NOT NULL,
	"day" date NOT NULL,
	"kyc" integer DEFAULT 0 NOT NULL,
	"kyb" integer DEFAULT 0 NOT NULL,
	"uncharged" integer DEFAULT 0 NOT NULL,
	"kyc_price" bigint NOT NULL,
	"kyb_price" bigint NOT NULL,
	"free_kyc_per_month" integer NOT NULL,
	CONSTRAINT "usage_days_application_id_environment_day_pk" PRIMARY KEY("application_id","environment","day"),
	CONSTRAINT "usage_days_counts_positive" CHECK ("usage_days"."kyc" >= 0 and "usage_days"."kyb" >= 0 and "usage_days"."uncharged" >= 0)
);
--> statement-breakpoint
CREATE INDEX "top_ups_by_request" ON "top_ups" USING btree ("application_id","environment","requested_at");