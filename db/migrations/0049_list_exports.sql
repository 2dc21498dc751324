CREATE TABLE "list_export_parts" (
	"application_id" uuid NOT NULL,
	"export_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "list_export_parts_application_id_export_id_number_pk" PRIMARY KEY("application_id","export_id","number")
);
--> statement-breakpoint
CREATE TABLE "list_exports" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"list" text NOT NULL,
	"format" text NOT NULL,
	"sealed_filter" "bytea" NOT NULL,
	"status" text NOT NULL,
	"failure_code" text,
	"total_rows" integer,
	"done_rows" integer DEFAULT 0 NOT NULL,
	"done_parts" integer DEFAULT 0 NOT NULL,
	"position" text,
	"requested_by_kind" text NOT NULL,
	"requested_by_id" text NOT NULL,
	"requested_by_label" text NOT NULL,
	"requested_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"leased_until" timestamp (3) with time zone,
	CONSTRAINT "list_exports_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "list_exports_status_known" CHECK ("list_exports"."status" in ('queued', 'running', 'ready', 'failed', 'expired'))
);
--> statement-breakpoint
ALTER TABLE "list_export_parts" ADD CONSTRAINT "list_export_parts_export" FOREIGN KEY ("application_id","export_id") REFERENCES "public"."list_exports"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "list_exports_due" ON "list_exports" USING btree ("application_id","requested_at") WHERE "list_exports"."status" in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "list_exports_by_time" ON "list_exports" USING btree ("application_id","requested_at","id");--> statement-breakpoint
CREATE INDEX "list_exports_kept" ON "list_exports" USING btree ("application_id","expires_at") WHERE "list_exports"."status" <> 'expired';