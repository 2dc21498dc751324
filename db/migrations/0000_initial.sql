CREATE TABLE "api_keys" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"last_four" text NOT NULL,
	"digest" "bytea" NOT NULL,
	"privileges" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_application_id_id_pk" PRIMARY KEY("application_id","id")
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"name" text NOT NULL,
	"client_id" text NOT NULL,
	"environment" text NOT NULL,
	"kyb_status_format" text DEFAULT 'upper_snake' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "applications_environment_known" CHECK ("applications"."environment" in ('sandbox', 'live')),
	CONSTRAINT "applications_kyb_status_format_known" CHECK ("applications"."kyb_status_format" in ('upper_snake', 'title'))
);
--> statement-breakpoint
CREATE TABLE "console_sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"member_id" uuid NOT NULL,
	"current_application_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"ip" text,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "members" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"locale" text DEFAULT 'en' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"organisation_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_organisation_id_member_id_pk" PRIMARY KEY("organisation_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"legal_name" text NOT NULL,
	"country" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session_numbers" (
	"application_id" uuid PRIMARY KEY NOT NULL,
	"last" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"account_digest" "bytea" PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"locked_until" timestamp (3) with time zone,
	"last_failure_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_label" text NOT NULL,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"counterparty_application_id" uuid,
	"detail" jsonb NOT NULL,
	"request_id" text,
	"ip" text,
	CONSTRAINT "audit_entries_application_id_id_pk" PRIMARY KEY("application_id","id")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"application_id" uuid NOT NULL,
	"caller" text NOT NULL,
	"key" text NOT NULL,
	"route" text NOT NULL,
	"request_digest" "bytea" NOT NULL,
	"status" integer NOT NULL,
	"sealed_answer" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_application_id_caller_route_key_pk" PRIMARY KEY("application_id","caller","route","key")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"to_application_id" uuid,
	"payload" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"available_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "outbox_application_id_id_pk" PRIMARY KEY("application_id","id")
);
--> statement-breakpoint
CREATE TABLE "entities" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"vendor_data" text NOT NULL,
	"status" text DEFAULT 'ACTIVE' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_activity_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entities_application_id_id_pk" PRIMARY KEY("application_id","id")
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"action" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_label" text NOT NULL,
	"made_in_application" uuid NOT NULL,
	"previous_status" text,
	"new_status" text,
	"reason_code" text,
	"nodes" jsonb,
	"sealed_comment" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reviews_application_id_id_pk" PRIMARY KEY("application_id","id")
);
--> statement-breakpoint
CREATE TABLE "session_links" (
	"application_id" uuid NOT NULL,
	"parent_session_id" uuid NOT NULL,
	"party_id" uuid NOT NULL,
	"child_session_id" uuid NOT NULL,
	CONSTRAINT "session_links_application_id_parent_session_id_party_id_pk" PRIMARY KEY("application_id","parent_session_id","party_id")
);
--> statement-breakpoint
CREATE TABLE "session_records" (
	"application_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"record_id" uuid NOT NULL,
	"card" "bytea" NOT NULL,
	"body" "bytea" NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"key_version" integer NOT NULL,
	CONSTRAINT "session_records_application_id_session_id_pk" PRIMARY KEY("application_id","session_id")
);
--> statement-breakpoint
CREATE TABLE "session_search" (
	"application_id" uuid NOT NULL,
	"term" "bytea" NOT NULL,
	"session_number" bigint NOT NULL,
	"session_id" uuid NOT NULL,
	CONSTRAINT "session_search_application_id_term_session_number_pk" PRIMARY KEY("application_id","term","session_number")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"session_number" bigint NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"environment" text NOT NULL,
	"workflow_id" uuid NOT NULL,
	"workflow_version" integer NOT NULL,
	"vendor_data" text,
	"external_reference" text,
	"entity_id" uuid,
	"country" text,
	"document_type" text,
	"features" jsonb NOT NULL,
	"aml_hits" integer DEFAULT 0 NOT NULL,
	"warning_count" integer DEFAULT 0 NOT NULL,
	"shared_from_session" uuid,
	"shared_from_application" uuid,
	"share_token_id" uuid,
	"share_chain" jsonb,
	"source_status" text,
	"source_finished_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "sessions_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "sessions_kind_known" CHECK ("sessions"."kind" in ('user', 'business')),
	CONSTRAINT "sessions_environment_known" CHECK ("sessions"."environment" in ('sandbox', 'live')),
	CONSTRAINT "sessions_status_known" CHECK ("sessions"."status" in ('Not Started', 'In Progress', 'Awaiting User', 'In Review', 'Approved', 'Declined', 'Resubmitted', 'Expired', 'Kyc Expired', 'Abandoned')),
	CONSTRAINT "sessions_source_complete" CHECK (num_nonnulls("sessions"."shared_from_session", "sessions"."shared_from_application", "sessions"."share_token_id", "sessions"."share_chain", "sessions"."source_status") in (0, 5))
);
--> statement-breakpoint
CREATE TABLE "workflows" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"label" text NOT NULL,
	"kind" text NOT NULL,
	"features" jsonb NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"session_expiration_in_seconds" integer DEFAULT 604800 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "workflows_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "workflows_kind_known" CHECK ("workflows"."kind" in ('user', 'business'))
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"application_id" uuid NOT NULL,
	"share_token_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"source_application_id" uuid NOT NULL,
	"source_session_id" uuid NOT NULL,
	"landing_status" text NOT NULL,
	"trust_requested" boolean,
	"trust_effective" boolean NOT NULL,
	"trust_reasons" jsonb NOT NULL,
	"imported_by_kind" text NOT NULL,
	"imported_by_label" text NOT NULL,
	"imported_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "imports_once_per_token_and_application" PRIMARY KEY("application_id","share_token_id")
);
--> statement-breakpoint
CREATE TABLE "partners" (
	"application_id" uuid NOT NULL,
	"partner_application_id" uuid NOT NULL,
	"trust_default" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "partners_application_id_partner_application_id_pk" PRIMARY KEY("application_id","partner_application_id")
);
--> statement-breakpoint
CREATE TABLE "share_tokens" (
	"application_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"session_kind" text NOT NULL,
	"for_application_id" uuid NOT NULL,
	"digest" "bytea" NOT NULL,
	"signing_key_id" text NOT NULL,
	"ttl_in_seconds" integer NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"minted_by_kind" text NOT NULL,
	"minted_by_label" text NOT NULL,
	"redeemed_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"revoked_by_label" text,
	CONSTRAINT "share_tokens_application_id_id_pk" PRIMARY KEY("application_id","id"),
	CONSTRAINT "share_tokens_ttl_bounds" CHECK ("share_tokens"."ttl_in_seconds" between 60 and 86400)
);
--> statement-breakpoint
CREATE TABLE "media" (
	"application_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"blob_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"tree" text NOT NULL,
	"content_type" text NOT NULL,
	"byte_length" bigint NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"key_version" integer NOT NULL,
	CONSTRAINT "media_application_id_session_id_blob_id_pk" PRIMARY KEY("application_id","session_id","blob_id")
);
--> statement-breakpoint
CREATE TABLE "media_blobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"byte_length" bigint NOT NULL,
	"reference_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "media_blobs_reference_count_positive" CHECK ("media_blobs"."reference_count" >= 0)
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"root_key_id" text NOT NULL,
	"wrapped_secret" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"retired_at" timestamp (3) with time zone,
	"accepted_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "tenant_keys" (
	"application_id" uuid NOT NULL,
	"tree" text NOT NULL,
	"version" integer NOT NULL,
	"root_key_id" text NOT NULL,
	"wrapped_key" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenant_keys_application_id_tree_version_pk" PRIMARY KEY("application_id","tree","version"),
	CONSTRAINT "tenant_keys_tree_known" CHECK ("tenant_keys"."tree" in ('general', 'biometric', 'index'))
);
--> statement-breakpoint
ALTER TABLE "applications" ADD CONSTRAINT "applications_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "console_sessions" ADD CONSTRAINT "console_sessions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "console_sessions" ADD CONSTRAINT "console_sessions_current_application_id_applications_id_fk" FOREIGN KEY ("current_application_id") REFERENCES "public"."applications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_records" ADD CONSTRAINT "session_records_session" FOREIGN KEY ("application_id","session_id") REFERENCES "public"."sessions"("application_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_workflow" FOREIGN KEY ("application_id","workflow_id") REFERENCES "public"."workflows"("application_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_digest_once" ON "api_keys" USING btree ("digest");--> statement-breakpoint
CREATE UNIQUE INDEX "applications_client_id_once" ON "applications" USING btree ("client_id");--> statement-breakpoint
CREATE INDEX "applications_of_organisation" ON "applications" USING btree ("organisation_id");--> statement-breakpoint
CREATE INDEX "console_sessions_of_member" ON "console_sessions" USING btree ("member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "members_email_once" ON "members" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "memberships_of_member" ON "memberships" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "audit_entries_of_subject" ON "audit_entries" USING btree ("application_id","subject_kind","subject_id","id");--> statement-breakpoint
CREATE INDEX "audit_entries_by_action" ON "audit_entries" USING btree ("application_id","action","id");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("application_id","available_at") WHERE "outbox"."done_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "entities_vendor_data_once_per_kind" ON "entities" USING btree ("application_id","kind","vendor_data");--> statement-breakpoint
CREATE INDEX "reviews_of_session" ON "reviews" USING btree ("application_id","session_id","created_at");--> statement-breakpoint
CREATE INDEX "session_links_by_child" ON "session_links" USING btree ("application_id","child_session_id");--> statement-breakpoint
CREATE INDEX "session_search_by_session" ON "session_search" USING btree ("application_id","session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_number_once" ON "sessions" USING btree ("application_id","session_number");--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_once_per_source_and_application" ON "sessions" USING btree ("application_id","shared_from_session") WHERE "sessions"."shared_from_session" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "sessions_once_per_external_reference" ON "sessions" USING btree ("application_id","external_reference") WHERE "sessions"."external_reference" is not null;--> statement-breakpoint
CREATE INDEX "sessions_by_kind" ON "sessions" USING btree ("application_id","kind","session_number");--> statement-breakpoint
CREATE INDEX "sessions_by_status" ON "sessions" USING btree ("application_id","status","session_number");--> statement-breakpoint
CREATE INDEX "sessions_by_workflow" ON "sessions" USING btree ("application_id","workflow_id","session_number");--> statement-breakpoint
CREATE INDEX "sessions_by_country" ON "sessions" USING btree ("application_id","country","session_number");--> statement-breakpoint
CREATE INDEX "sessions_by_vendor_data" ON "sessions" USING btree ("application_id","vendor_data","session_number");--> statement-breakpoint
CREATE INDEX "sessions_by_partner" ON "sessions" USING btree ("application_id","shared_from_application","session_number");--> statement-breakpoint
CREATE INDEX "sessions_by_entity" ON "sessions" USING btree ("application_id","entity_id","session_number");--> statement-breakpoint
CREATE INDEX "sessions_by_created_at" ON "sessions" USING btree ("application_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "workflows_version_once" ON "workflows" USING btree ("application_id","version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "workflows_one_default_per_kind" ON "workflows" USING btree ("application_id","kind") WHERE "workflows"."is_default" and "workflows"."archived_at" is null;--> statement-breakpoint
CREATE INDEX "imports_of_session" ON "imports" USING btree ("application_id","session_id");--> statement-breakpoint
CREATE INDEX "imports_by_time" ON "imports" USING btree ("application_id","imported_at","share_token_id");--> statement-breakpoint
CREATE INDEX "imports_by_partner" ON "imports" USING btree ("application_id","source_application_id","imported_at");--> statement-breakpoint
CREATE UNIQUE INDEX "share_tokens_digest_once" ON "share_tokens" USING btree ("application_id","digest");--> statement-breakpoint
CREATE INDEX "share_tokens_of_session" ON "share_tokens" USING btree ("application_id","session_id","issued_at");--> statement-breakpoint
CREATE INDEX "share_tokens_by_partner" ON "share_tokens" USING btree ("application_id","for_application_id","issued_at");--> statement-breakpoint
CREATE INDEX "share_tokens_by_issue" ON "share_tokens" USING btree ("application_id","issued_at","id");--> statement-breakpoint
CREATE INDEX "media_blobs_unreferenced" ON "media_blobs" USING btree ("created_at") WHERE "media_blobs"."reference_count" = 0;