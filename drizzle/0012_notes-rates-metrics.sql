CREATE TABLE "annotations" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"brand_id" uuid,
	"account_id" uuid,
	"campaign_id" text,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"text" text NOT NULL,
	"author" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"known_at" timestamp with time zone NOT NULL,
	"superseded_at" timestamp with time zone,
	CONSTRAINT "annotations_pkey" PRIMARY KEY("agency_id","id","version")
);
--> statement-breakpoint
ALTER TABLE "annotations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "currency_rates" (
	"agency_id" uuid NOT NULL,
	"base" text NOT NULL,
	"quote" text NOT NULL,
	"day" date NOT NULL,
	"rate" numeric(24, 12) NOT NULL,
	"set_by" text NOT NULL,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "currency_rates_pkey" PRIMARY KEY("agency_id","base","quote","day")
);
--> statement-breakpoint
ALTER TABLE "currency_rates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "custom_metrics" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"name" text NOT NULL,
	"formula" text NOT NULL,
	"unit" text NOT NULL,
	"better" text,
	"definition" text NOT NULL,
	"changed_by" text NOT NULL,
	"known_at" timestamp with time zone NOT NULL,
	"superseded_at" timestamp with time zone,
	CONSTRAINT "custom_metrics_pkey" PRIMARY KEY("agency_id","id","version")
);
--> statement-breakpoint
ALTER TABLE "custom_metrics" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE UNIQUE INDEX "annotations_present" ON "annotations" USING btree ("agency_id","id") WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX "annotations_days" ON "annotations" USING btree ("agency_id","last_day","first_day");--> statement-breakpoint
CREATE INDEX "currency_rates_quote" ON "currency_rates" USING btree ("agency_id","quote","base","day");--> statement-breakpoint
CREATE UNIQUE INDEX "custom_metrics_present" ON "custom_metrics" USING btree ("agency_id","id") WHERE superseded_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "custom_metrics_name" ON "custom_metrics" USING btree ("agency_id",lower(name)) WHERE superseded_at is null;--> statement-breakpoint
CREATE POLICY "tenant" ON "annotations" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "currency_rates" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "custom_metrics" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));