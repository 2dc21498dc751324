CREATE TABLE "rate_windows" (
	"identifier" "bytea" NOT NULL,
	"scope" text NOT NULL,
	"second" bigint NOT NULL,
	"counts" integer[] NOT NULL,
	CONSTRAINT "rate_windows_identifier_scope_pk" PRIMARY KEY("identifier","scope")
);
