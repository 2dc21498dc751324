CREATE TABLE "notifications" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"session_id" uuid,
	"count" integer DEFAULT 1 NOT NULL,
	"by_label" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "notifications_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "notifications_kind_known" CHECK ("notifications"."kind" in ('mention', 'assignment')),
	CONSTRAINT "notifications_count_sensible" CHECK ("notifications"."count" >= 1)
);
--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_session" FOREIGN KEY ("application_id","session_id") REFERENCES "public"."sessions"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notifications_of_member" ON "notifications" USING btree ("application_id","member_id","created_at","id");--> statement-breakpoint
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("application_id","member_id") WHERE "notifications"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notifications_of_session" ON "notifications" USING btree ("application_id","session_id");