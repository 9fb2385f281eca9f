CREATE TABLE "custom_report_asks" (
	"agency_id" uuid NOT NULL,
	"report_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"state" text NOT NULL,
	"amazon_report_id" text,
	"requested_at" timestamp with time zone,
	"deadline_at" timestamp with time zone,
	"next_at" timestamp with time zone,
	"polls" integer DEFAULT 0 NOT NULL,
	"waits" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"note" text,
	"rows" integer DEFAULT 0 NOT NULL,
	"rows_rejected" integer DEFAULT 0 NOT NULL,
	"kinds" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "custom_report_asks_pkey" PRIMARY KEY("agency_id","report_id","account_id")
);
--> statement-breakpoint
ALTER TABLE "custom_report_asks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "custom_report_pieces" (
	"agency_id" uuid NOT NULL,
	"report_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"rows" jsonb NOT NULL,
	CONSTRAINT "custom_report_pieces_pkey" PRIMARY KEY("agency_id","report_id","account_id","part")
);
--> statement-breakpoint
ALTER TABLE "custom_report_pieces" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "custom_reports" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"group_by" jsonb NOT NULL,
	"columns" jsonb NOT NULL,
	"time_unit" text NOT NULL,
	"range_start" date NOT NULL,
	"range_end" date NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "custom_reports_pkey" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
ALTER TABLE "custom_reports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "custom_report_asks_account" ON "custom_report_asks" USING btree ("agency_id","account_id");--> statement-breakpoint
CREATE INDEX "custom_reports_created" ON "custom_reports" USING btree ("agency_id","created_at");--> statement-breakpoint
CREATE POLICY "tenant" ON "custom_report_asks" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "custom_report_pieces" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "custom_reports" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));