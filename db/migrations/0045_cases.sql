CREATE TABLE "cases" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"session_number" bigint NOT NULL,
	"priority" integer DEFAULT 3 NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"assignee_id" uuid,
	"assignee_label" text,
	"assigned_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "cases_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "cases_priority_known" CHECK ("cases"."priority" between 1 and 4),
	CONSTRAINT "cases_assignee_complete" CHECK (num_nonnulls("cases"."assignee_id", "cases"."assignee_label", "cases"."assigned_at") in (0, 3))
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"member_label" text NOT NULL,
	"name" text NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"query" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_views_application_id_id_pk" PRIMARY KEY("application_id","id")
);
--> statement-breakpoint
ALTER TABLE "applications" ADD COLUMN "review_due_in_hours" integer DEFAULT 24 NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_session" FOREIGN KEY ("application_id","session_id") REFERENCES "public"."sessions"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "cases_one_open_per_session" ON "cases" USING btree ("application_id","session_id") WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "cases_open_by_urgency" ON "cases" USING btree ("application_id","priority","due_at","session_number") WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "cases_open_by_due" ON "cases" USING btree ("application_id","due_at","session_number") WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "cases_open_by_opening" ON "cases" USING btree ("application_id","opened_at","session_number") WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "cases_open_by_number" ON "cases" USING btree ("application_id","session_number") WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "cases_open_by_assignee" ON "cases" USING btree ("application_id","assignee_id","priority","due_at","session_number") WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "cases_of_session" ON "cases" USING btree ("application_id","session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_name_once" ON "saved_views" USING btree ("application_id","member_id",lower("name"));--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_review_due_sensible" CHECK ("applications"."review_due_in_hours" between 1 and 2160);