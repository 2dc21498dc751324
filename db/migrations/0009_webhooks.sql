CREATE TABLE "webhook_attempts" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"trigger" text NOT NULL,
	"signed_with" text NOT NULL,
	"webhook_version" text NOT NULL,
	"address" text,
	"status" integer,
	"error" text,
	"timings" jsonb NOT NULL,
	"request_headers" jsonb NOT NULL,
	"response_headers" jsonb,
	"sealed_response" "bytea",
	"response_truncated" boolean DEFAULT false NOT NULL,
	CONSTRAINT "webhook_attempts_application_id_id_pk" PRIMARY KEY("application_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_bodies" (
	"application_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"session_id" uuid,
	"sealed_body" "bytea" NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"key_version" integer NOT NULL,
	CONSTRAINT "webhook_bodies_application_id_event_id_pk" PRIMARY KEY("application_id","event_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"is_test" boolean DEFAULT false NOT NULL,
	"due_at" timestamp (6) with time zone DEFAULT clock_timestamp() NOT NULL,
	"give_up_at" timestamp (3) with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"attempts_count" integer DEFAULT 0 NOT NULL,
	"last_attempt_at" timestamp (3) with time zone,
	"last_status" integer,
	"last_error" text,
	"last_duration_ms" integer,
	"created_at" timestamp (6) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "webhook_deliveries_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "webhook_deliveries_state_known" CHECK ("webhook_deliveries"."state" in ('pending', 'delivered', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "webhook_destinations" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"label" text NOT NULL,
	"url" text NOT NULL,
	"transport" text DEFAULT 'push' NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"paused_at" timestamp (3) with time zone,
	"disabled_reason" text,
	"webhook_version" text DEFAULT 'v3' NOT NULL,
	"subscribed_events" text[] NOT NULL,
	"sealed_secret" "bytea" NOT NULL,
	"previous_sealed_secret" "bytea",
	"previous_secret_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "webhook_destinations_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "webhook_destinations_transport_known" CHECK ("webhook_destinations"."transport" in ('push', 'pull')),
	CONSTRAINT "webhook_destinations_version_known" CHECK ("webhook_destinations"."webhook_version" in ('v1', 'v2', 'v3'))
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"payload" jsonb NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "webhook_events_application_id_id_pk" PRIMARY KEY("application_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_queues" (
	"application_id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"held_until" timestamp(3) with time zone DEFAULT '-infinity' NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"leased_by" text,
	"consecutive_failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp (3) with time zone,
	"attempts_count" integer DEFAULT 0 NOT NULL,
	"failed_count" integer DEFAULT 0 NOT NULL,
	"response_count" integer DEFAULT 0 NOT NULL,
	"response_ms_total" bigint DEFAULT 0 NOT NULL,
	"response_ms_min" integer,
	"response_ms_max" integer,
	"last_delivery_at" timestamp (3) with time zone,
	"pulled_at" timestamp (3) with time zone,
	CONSTRAINT "webhook_queues_application_id_destination_id_pk" PRIMARY KEY("application_id","destination_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_test_receipts" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"receiver_id" uuid NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"event_id" uuid,
	"type" text,
	"headers" jsonb NOT NULL,
	"sealed_body" "bytea" NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"key_version" integer NOT NULL,
	"byte_length" integer NOT NULL,
	"verdict" text NOT NULL,
	"answered" integer NOT NULL,
	CONSTRAINT "webhook_test_receipts_application_id_id_pk" PRIMARY KEY("application_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_test_receivers" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"token_digest" "bytea" NOT NULL,
	"answer_status" integer DEFAULT 200 NOT NULL,
	"answer_delay_ms" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_test_receivers_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "webhook_test_receivers_answer_bounds" CHECK ("webhook_test_receivers"."answer_status" between 200 and 599),
	CONSTRAINT "webhook_test_receivers_delay_bounds" CHECK ("webhook_test_receivers"."answer_delay_ms" between 0 and 15000)
);
--> statement-breakpoint
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_delivery" FOREIGN KEY ("application_id","delivery_id") REFERENCES "public"."webhook_deliveries"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_bodies" ADD CONSTRAINT "webhook_bodies_event" FOREIGN KEY ("application_id","event_id") REFERENCES "public"."webhook_events"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_bodies" ADD CONSTRAINT "webhook_bodies_session" FOREIGN KEY ("application_id","session_id") REFERENCES "public"."sessions"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_destination" FOREIGN KEY ("application_id","destination_id") REFERENCES "public"."webhook_destinations"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_event" FOREIGN KEY ("application_id","event_id") REFERENCES "public"."webhook_events"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_queues" ADD CONSTRAINT "webhook_queues_destination" FOREIGN KEY ("application_id","destination_id") REFERENCES "public"."webhook_destinations"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_test_receipts" ADD CONSTRAINT "webhook_test_receipts_receiver" FOREIGN KEY ("application_id","receiver_id") REFERENCES "public"."webhook_test_receivers"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_test_receivers" ADD CONSTRAINT "webhook_test_receivers_destination" FOREIGN KEY ("application_id","destination_id") REFERENCES "public"."webhook_destinations"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_attempts_numbered" ON "webhook_attempts" USING btree ("application_id","delivery_id","number");--> statement-breakpoint
CREATE INDEX "webhook_bodies_of_session" ON "webhook_bodies" USING btree ("application_id","session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_deliveries_once_per_event_and_destination" ON "webhook_deliveries" USING btree ("application_id","destination_id","event_id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("application_id","destination_id","due_at","id") WHERE "webhook_deliveries"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_in_order" ON "webhook_deliveries" USING btree ("application_id","destination_id","subject_id","created_at","id") WHERE "webhook_deliveries"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_by_time" ON "webhook_deliveries" USING btree ("application_id","created_at","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_of_destination" ON "webhook_deliveries" USING btree ("application_id","destination_id","created_at","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_failed" ON "webhook_deliveries" USING btree ("application_id","destination_id","created_at","id") WHERE "webhook_deliveries"."state" = 'failed';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_of_subject" ON "webhook_deliveries" USING btree ("application_id","subject_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_destinations_url_once" ON "webhook_destinations" USING btree ("application_id","url") WHERE "webhook_destinations"."deleted_at" is null and "webhook_destinations"."transport" = 'push';--> statement-breakpoint
CREATE INDEX "webhook_events_by_time" ON "webhook_events" USING btree ("application_id","created_at","id");--> statement-breakpoint
CREATE INDEX "webhook_test_receipts_by_time" ON "webhook_test_receipts" USING btree ("application_id","receiver_id","received_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_test_receivers_one_per_destination" ON "webhook_test_receivers" USING btree ("application_id","destination_id");