ALTER TABLE "imports" ADD COLUMN "source_status" text;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "decided_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "decision" text;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_decision_with_time" CHECK (("imports"."decided_at" is null) = ("imports"."decision" is null));