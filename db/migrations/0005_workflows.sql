CREATE TABLE "questionnaires" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"status" text NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"default_language" text NOT NULL,
	"languages" jsonb NOT NULL,
	"elements" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"published_at" timestamp (3) with time zone,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "questionnaires_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "questionnaires_status_known" CHECK ("questionnaires"."status" in ('draft', 'published'))
);
--> statement-breakpoint
CREATE TABLE "workflow_versions" (
	"application_id" uuid NOT NULL,
	"workflow_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"version_id" uuid NOT NULL,
	"status" text NOT NULL,
	"label" text NOT NULL,
	"steps" jsonb NOT NULL,
	"settings" jsonb NOT NULL,
	"created_by_label" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"published_at" timestamp (3) with time zone,
	CONSTRAINT "workflow_versions_application_id_workflow_id_version_pk" PRIMARY KEY("application_id","workflow_id","version"),
	CONSTRAINT "workflow_versions_status_known" CHECK ("workflow_versions"."status" in ('draft', 'published'))
);
--> statement-breakpoint
ALTER TABLE "workflows" ADD COLUMN "status" text DEFAULT 'published' NOT NULL;--> statement-breakpoint
ALTER TABLE "workflows" ADD COLUMN "updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "workflow_versions" ADD CONSTRAINT "workflow_versions_workflow" FOREIGN KEY ("application_id","workflow_id") REFERENCES "public"."workflows"("application_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "questionnaires_by_creation" ON "questionnaires" USING btree ("application_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "workflow_versions_id_once" ON "workflow_versions" USING btree ("application_id","version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "workflow_versions_one_draft_per_workflow" ON "workflow_versions" USING btree ("application_id","workflow_id") WHERE "workflow_versions"."status" = 'draft';--> statement-breakpoint
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_status_known" CHECK ("workflows"."status" in ('draft', 'published'));--> statement-breakpoint
ALTER TABLE "workflows" ADD CONSTRAINT "workflows_default_is_published" CHECK (not ("workflows"."is_default" and "workflows"."status" = 'draft'));