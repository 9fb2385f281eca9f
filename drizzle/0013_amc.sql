CREATE TABLE "amc_instance_access" (
	"agency_id" uuid NOT NULL,
	"instance_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "amc_instance_access_pkey" PRIMARY KEY("agency_id","instance_id","connection_id")
);
--> statement-breakpoint
ALTER TABLE "amc_instance_access" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "amc_instances" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"amazon_id" text,
	"type" text NOT NULL,
	"region" text NOT NULL,
	"account_id" text NOT NULL,
	"account_name" text NOT NULL,
	"marketplace_id" text NOT NULL,
	"brand_id" uuid,
	"time_zone" text NOT NULL,
	"status" text NOT NULL,
	"note" text,
	"tables" text[] DEFAULT '{}' NOT NULL,
	"advertisers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"to_add" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"to_remove" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"update_id" text,
	"waits" integer DEFAULT 0 NOT NULL,
	"checked_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "amc_instances_pkey" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "amc_instances_amazon_id" UNIQUE("agency_id","amazon_id")
);
--> statement-breakpoint
ALTER TABLE "amc_instances" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "amc_policies" (
	"agency_id" uuid NOT NULL,
	"fresh_hours" integer NOT NULL,
	"most_overlapping" integer NOT NULL,
	"when_over" text NOT NULL,
	CONSTRAINT "amc_policies_pkey" PRIMARY KEY("agency_id")
);
--> statement-breakpoint
ALTER TABLE "amc_policies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "amc_template_versions" (
	"agency_id" uuid NOT NULL,
	"template_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"definition" jsonb NOT NULL,
	"changed_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "amc_template_versions_pkey" PRIMARY KEY("agency_id","template_id","version")
);
--> statement-breakpoint
ALTER TABLE "amc_template_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "amc_templates" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"definition" jsonb NOT NULL,
	"fork_of" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "amc_templates_pkey" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
ALTER TABLE "amc_templates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "amc_batches" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"title" text NOT NULL,
	"template_id" text,
	"kind" text NOT NULL,
	"instances" integer NOT NULL,
	"windows" integer NOT NULL,
	"at_once" integer NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "amc_batches_pkey" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
ALTER TABLE "amc_batches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "amc_executions" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"title" text NOT NULL,
	"instance_id" uuid NOT NULL,
	"template_id" text,
	"template_version" text,
	"schedule_id" uuid,
	"batch_id" uuid,
	"origin" text NOT NULL,
	"state" text NOT NULL,
	"question" jsonb NOT NULL,
	"values" jsonb NOT NULL,
	"window_from" date NOT NULL,
	"window_to" date NOT NULL,
	"time_zone" text NOT NULL,
	"tables" text[] NOT NULL,
	"fingerprint" text NOT NULL,
	"deadline_seconds" integer NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"amazon_execution_id" text,
	"amazon_status" text,
	"note" text,
	"cancel_asked" boolean DEFAULT false NOT NULL,
	"polls" integer DEFAULT 0 NOT NULL,
	"waits" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"deadline_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "amc_executions_pkey" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
ALTER TABLE "amc_executions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "amc_result_pieces" (
	"agency_id" uuid NOT NULL,
	"execution_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"rows" jsonb NOT NULL,
	CONSTRAINT "amc_result_pieces_pkey" PRIMARY KEY("agency_id","execution_id","part")
);
--> statement-breakpoint
ALTER TABLE "amc_result_pieces" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "amc_results" (
	"agency_id" uuid NOT NULL,
	"execution_id" uuid NOT NULL,
	"columns" jsonb NOT NULL,
	"row_count" integer NOT NULL,
	"chart_rows" jsonb NOT NULL,
	"suppressed" jsonb NOT NULL,
	"stored_at" timestamp with time zone NOT NULL,
	CONSTRAINT "amc_results_pkey" PRIMARY KEY("agency_id","execution_id")
);
--> statement-breakpoint
ALTER TABLE "amc_results" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "amc_schedules" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"template_id" text NOT NULL,
	"pinned_version" text,
	"instance_ids" uuid[] NOT NULL,
	"values" jsonb NOT NULL,
	"window" jsonb NOT NULL,
	"cron" text NOT NULL,
	"time_zone" text NOT NULL,
	"missed" text NOT NULL,
	"paused" boolean NOT NULL,
	"next_at" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "amc_schedules_pkey" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
ALTER TABLE "amc_schedules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "amc_slots" (
	"agency_id" uuid NOT NULL,
	"schedule_id" uuid NOT NULL,
	"instance_id" uuid NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"note" text,
	"execution_id" uuid,
	"started_at" timestamp with time zone NOT NULL,
	CONSTRAINT "amc_slots_pkey" PRIMARY KEY("agency_id","schedule_id","instance_id","due_at")
);
--> statement-breakpoint
ALTER TABLE "amc_slots" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "amc_batches_created" ON "amc_batches" USING btree ("agency_id","created_at");--> statement-breakpoint
CREATE INDEX "amc_executions_created" ON "amc_executions" USING btree ("agency_id","created_at");--> statement-breakpoint
CREATE INDEX "amc_executions_fingerprint" ON "amc_executions" USING btree ("agency_id","instance_id","fingerprint");--> statement-breakpoint
CREATE INDEX "amc_executions_batch" ON "amc_executions" USING btree ("agency_id","batch_id");--> statement-breakpoint
CREATE INDEX "amc_executions_open" ON "amc_executions" USING btree ("agency_id","instance_id") WHERE state in ('waiting', 'submitting', 'running', 'collecting');--> statement-breakpoint
CREATE INDEX "amc_schedules_due" ON "amc_schedules" USING btree ("agency_id","next_at");--> statement-breakpoint
CREATE INDEX "amc_slots_due" ON "amc_slots" USING btree ("agency_id","due_at");--> statement-breakpoint
CREATE POLICY "tenant" ON "amc_instance_access" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "amc_instances" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "amc_policies" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "amc_template_versions" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "amc_templates" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "amc_batches" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "amc_executions" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "amc_result_pieces" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "amc_results" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "amc_schedules" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "amc_slots" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));