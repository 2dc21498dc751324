ALTER TABLE "sessions" ADD COLUMN "omitted" jsonb;--> statement-breakpoint
ALTER TABLE "share_tokens" ADD COLUMN "terms" jsonb;