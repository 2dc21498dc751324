CREATE TABLE "bulk_import_errors" (
	"application_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"problems" jsonb NOT NULL,
	CONSTRAINT "bulk_import_errors_application_id_import_id_row_pk" PRIMARY KEY("application_id","import_id","row")
);
--> statement-breakpoint
CREATE TABLE "bulk_imports" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"import_type" text NOT NULL,
	"source_format" text NOT NULL,
	"sealed_source_url" "bytea" NOT NULL,
	"source_digest" "bytea",
	"workflow_id" uuid NOT NULL,
	"status" text NOT NULL,
	"failure_code" text,
	"total_rows" integer,
	"processed_rows" integer DEFAULT 0 NOT NULL,
	"imported_rows" integer DEFAULT 0 NOT NULL,
	"failed_rows" integer DEFAULT 0 NOT NULL,
	"created_by_kind" text NOT NULL,
	"created_by_id" text NOT NULL,
	"created_by_label" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"leased_until" timestamp (3) with time zone,
	CONSTRAINT "bulk_imports_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "bulk_imports_status_known" CHECK ("bulk_imports"."status" in ('pending', 'processing', 'completed', 'failed'))
);
--> statement-breakpoint
DROP INDEX "sessions_by_kind";--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD COLUMN "session_id" uuid;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "changed_fields" jsonb;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "sealed_change" "bytea";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "token_digest" "bytea";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "sealed_token" "bytea";--> statement-breakpoint
CREATE INDEX "bulk_imports_due" ON "bulk_imports" USING btree ("application_id","created_at") WHERE "bulk_imports"."status" in ('pending', 'processing');--> statement-breakpoint
CREATE INDEX "idempotency_keys_of_session" ON "idempotency_keys" USING btree ("application_id","session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_token_once" ON "sessions" USING btree ("token_digest");--> statement-breakpoint
CREATE INDEX "sessions_by_status_and_kind" ON "sessions" USING btree ("application_id","kind","status","session_number");--> statement-breakpoint
CREATE INDEX "sessions_unfinished" ON "sessions" USING btree ("application_id","expires_at") WHERE "sessions"."status" in ('Not Started', 'In Progress');--> statement-breakpoint
CREATE INDEX "sessions_by_kind" ON "sessions" USING btree ("application_id","kind","session_number","status");