CREATE TABLE "list_entries" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"list_id" uuid NOT NULL,
	"term" "bytea" NOT NULL,
	"sealed" "bytea" NOT NULL,
	"added_by_kind" text NOT NULL,
	"added_by_label" text NOT NULL,
	"reference_session_id" uuid,
	"reference_session_number" bigint,
	"reference_object_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "list_entries_application_id_id_pk" PRIMARY KEY("application_id","id")
);
--> statement-breakpoint
CREATE TABLE "list_hits" (
	"application_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"list_id" uuid NOT NULL,
	"list_name" text NOT NULL,
	"entry_type" text NOT NULL,
	"on_match" text NOT NULL,
	"via_session_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "list_hits_application_id_session_id_entry_id_pk" PRIMARY KEY("application_id","session_id","entry_id")
);
--> statement-breakpoint
CREATE TABLE "lists" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"list_type" text NOT NULL,
	"entry_type" text NOT NULL,
	"is_system" boolean DEFAULT false NOT NULL,
	"on_match" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "lists_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "lists_type_known" CHECK ("lists"."list_type" in ('blocklist', 'allowlist', 'custom')),
	CONSTRAINT "lists_on_match_known" CHECK ("lists"."on_match" in ('none', 'in_review', 'declined')),
	CONSTRAINT "lists_allowlist_never_narrows" CHECK ("lists"."list_type" <> 'allowlist' or "lists"."on_match" = 'none')
);
--> statement-breakpoint
CREATE TABLE "entity_changes" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"entity_id" uuid NOT NULL,
	"previous_status" text NOT NULL,
	"new_status" text NOT NULL,
	"sealed_reason" "bytea",
	"actor_kind" text NOT NULL,
	"actor_label" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entity_changes_application_id_id_pk" PRIMARY KEY("application_id","id")
);
--> statement-breakpoint
CREATE TABLE "entity_search" (
	"application_id" uuid NOT NULL,
	"term" "bytea" NOT NULL,
	"entity_id" uuid NOT NULL,
	CONSTRAINT "entity_search_application_id_term_entity_id_pk" PRIMARY KEY("application_id","term","entity_id")
);
--> statement-breakpoint
ALTER TABLE "entities" ADD COLUMN "sealed_profile" "bytea";--> statement-breakpoint
ALTER TABLE "entities" ADD COLUMN "country_code" text;--> statement-breakpoint
ALTER TABLE "list_entries" ADD CONSTRAINT "list_entries_list" FOREIGN KEY ("application_id","list_id") REFERENCES "public"."lists"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "list_entries_value_once_per_list" ON "list_entries" USING btree ("application_id","list_id","term");--> statement-breakpoint
CREATE INDEX "list_entries_by_term" ON "list_entries" USING btree ("application_id","term");--> statement-breakpoint
CREATE INDEX "list_entries_of_list" ON "list_entries" USING btree ("application_id","list_id","created_at","id");--> statement-breakpoint
CREATE INDEX "list_entries_of_session" ON "list_entries" USING btree ("application_id","reference_session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "lists_name_once" ON "lists" USING btree ("application_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "lists_one_system_blocklist_per_entry_type" ON "lists" USING btree ("application_id","entry_type") WHERE "lists"."is_system";--> statement-breakpoint
CREATE INDEX "entity_changes_of_entity" ON "entity_changes" USING btree ("application_id","entity_id","id");--> statement-breakpoint
CREATE INDEX "entity_search_by_entity" ON "entity_search" USING btree ("application_id","entity_id");--> statement-breakpoint
CREATE INDEX "entities_by_activity" ON "entities" USING btree ("application_id","kind","last_activity_at","id");--> statement-breakpoint
CREATE INDEX "entities_by_status" ON "entities" USING btree ("application_id","kind","status","last_activity_at","id");--> statement-breakpoint
ALTER TABLE "entities" ADD CONSTRAINT "entities_status_known" CHECK ("entities"."status" in ('ACTIVE', 'FLAGGED', 'BLOCKED'));