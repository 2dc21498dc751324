CREATE TABLE "vendor_bodies" (
	"application_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"session_id" uuid,
	"sealed_body" "bytea" NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"key_version" integer NOT NULL,
	CONSTRAINT "vendor_bodies_application_id_message_id_pk" PRIMARY KEY("application_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "vendor_inboxes" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"label" text NOT NULL,
	"user_workflow_id" uuid,
	"business_workflow_id" uuid,
	"enabled" boolean DEFAULT true NOT NULL,
	"sealed_secret" "bytea" NOT NULL,
	"previous_sealed_secret" "bytea",
	"previous_secret_until" timestamp (3) with time zone,
	"last_received_at" timestamp (3) with time zone,
	"last_refused_at" timestamp (3) with time zone,
	"last_refusal" text,
	"created_by_label" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "vendor_inboxes_application_id_id_pk" PRIMARY KEY("application_id","id")
);
--> statement-breakpoint
CREATE TABLE "vendor_messages" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"inbox_id" uuid NOT NULL,
	"event_id" text NOT NULL,
	"type" text,
	"kind" text,
	"vendor_reference" text,
	"vendor_status" text,
	"happened_at" timestamp (3) with time zone NOT NULL,
	"digest" "bytea" NOT NULL,
	"byte_length" integer NOT NULL,
	"signed_with" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"problems" jsonb,
	"session_id" uuid,
	"repeats" integer DEFAULT 0 NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "vendor_messages_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "vendor_messages_state_known" CHECK ("vendor_messages"."state" in ('waiting', 'brought_in', 'updated', 'acknowledged', 'refused', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "vendor_sessions" (
	"application_id" uuid NOT NULL,
	"inbox_id" uuid NOT NULL,
	"vendor_reference" text NOT NULL,
	"session_id" uuid NOT NULL,
	"happened_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "vendor_sessions_application_id_inbox_id_vendor_reference_pk" PRIMARY KEY("application_id","inbox_id","vendor_reference")
);
--> statement-breakpoint
ALTER TABLE "vendor_bodies" ADD CONSTRAINT "vendor_bodies_message" FOREIGN KEY ("application_id","message_id") REFERENCES "public"."vendor_messages"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_bodies" ADD CONSTRAINT "vendor_bodies_session" FOREIGN KEY ("application_id","session_id") REFERENCES "public"."sessions"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_messages" ADD CONSTRAINT "vendor_messages_inbox" FOREIGN KEY ("application_id","inbox_id") REFERENCES "public"."vendor_inboxes"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_sessions" ADD CONSTRAINT "vendor_sessions_inbox" FOREIGN KEY ("application_id","inbox_id") REFERENCES "public"."vendor_inboxes"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "vendor_bodies_of_session" ON "vendor_bodies" USING btree ("application_id","session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "vendor_messages_once_per_event" ON "vendor_messages" USING btree ("application_id","inbox_id","event_id");--> statement-breakpoint
CREATE INDEX "vendor_messages_due" ON "vendor_messages" USING btree ("application_id","inbox_id","due_at","id") WHERE "vendor_messages"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "vendor_messages_of_inbox" ON "vendor_messages" USING btree ("application_id","inbox_id","id");--> statement-breakpoint
CREATE INDEX "vendor_messages_of_inbox_by_state" ON "vendor_messages" USING btree ("application_id","inbox_id","state","id");--> statement-breakpoint
CREATE INDEX "vendor_messages_of_session" ON "vendor_messages" USING btree ("application_id","session_id");--> statement-breakpoint
CREATE INDEX "vendor_sessions_by_session" ON "vendor_sessions" USING btree ("application_id","session_id");