CREATE TABLE "audit_events" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"target_type" text NOT NULL,
	"target_id" text NOT NULL,
	"target_label" text,
	"brand_id" uuid,
	"before" jsonb,
	"after" jsonb,
	"request_id" text NOT NULL,
	CONSTRAINT "audit_events_pkey" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
ALTER TABLE "audit_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "account_access" (
	"agency_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"profile_id" text,
	"capabilities" jsonb NOT NULL,
	"probed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "account_access_pkey" PRIMARY KEY("agency_id","account_id","connection_id")
);
--> statement-breakpoint
ALTER TABLE "account_access" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "accounts" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"region" text NOT NULL,
	"amazon_id" text NOT NULL,
	"name" text NOT NULL,
	"entity_id" text,
	"profile_id" text,
	"country_code" text NOT NULL,
	"currency" text NOT NULL,
	"time_zone" text NOT NULL,
	"brand_id" uuid,
	"capabilities" jsonb NOT NULL,
	"report_pulls_per_day" integer,
	"created_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "accounts_pkey" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "accounts_amazon_id" UNIQUE("agency_id","kind","region","amazon_id")
);
--> statement-breakpoint
ALTER TABLE "accounts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "connections" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"region" text NOT NULL,
	"owner_user_id" uuid NOT NULL,
	"amazon_user_id" text NOT NULL,
	"amazon_user_name" text NOT NULL,
	"amazon_user_email" text,
	"scopes" text[] NOT NULL,
	"state" text NOT NULL,
	"state_reason" text,
	"state_remedy" text,
	"state_since" timestamp with time zone NOT NULL,
	"consented_at" timestamp with time zone NOT NULL,
	"consent_expires_at" timestamp with time zone,
	"discovery" jsonb NOT NULL,
	"discovered_at" timestamp with time zone,
	"disconnected_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "connections_pkey" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "connections_amazon_user" UNIQUE("agency_id","amazon_user_id")
);
--> statement-breakpoint
ALTER TABLE "connections" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "grants" (
	"agency_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"refresh_token" text,
	"access_token" text,
	"access_expires_at" timestamp with time zone,
	"sealed_under" text,
	"version" integer DEFAULT 1 NOT NULL,
	"lease_owner" text,
	"lease_until" timestamp with time zone,
	"refreshed_at" timestamp with time zone,
	"last_outcome" text,
	"last_outcome_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"rejections" integer DEFAULT 0 NOT NULL,
	"retry_at" timestamp with time zone,
	CONSTRAINT "grants_pkey" PRIMARY KEY("agency_id","connection_id")
);
--> statement-breakpoint
ALTER TABLE "grants" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "oauth_states" (
	"agency_id" uuid NOT NULL,
	"id" text NOT NULL,
	"session_id" text NOT NULL,
	"user_id" uuid NOT NULL,
	"region" text NOT NULL,
	"redirect_uri" text NOT NULL,
	"code_verifier" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"consumed_at" timestamp with time zone,
	"outcome" jsonb,
	CONSTRAINT "oauth_states_pkey" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
ALTER TABLE "oauth_states" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
ALTER TABLE "rate_limits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "worker_heartbeats" (
	"pool_id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "worker_heartbeats" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "directory" (
	"email_digest" text PRIMARY KEY NOT NULL,
	"agency_id" uuid NOT NULL,
	"user_id" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "directory" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sessions" (
	"agency_id" uuid NOT NULL,
	"id" text NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"user_agent" text,
	"ip" text,
	CONSTRAINT "sessions_pkey" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "users" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"state" text DEFAULT 'active' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_signed_in_at" timestamp with time zone,
	CONSTRAINT "users_pkey" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ad_groups" (
	"agency_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"delivery_status" text,
	"delivery_reasons" text[] NOT NULL,
	"created_at" timestamp with time zone,
	"updated_at" timestamp with time zone,
	"source" jsonb NOT NULL,
	"synced_at" timestamp with time zone NOT NULL,
	"ad_group_id" text NOT NULL,
	"campaign_id" text NOT NULL,
	"inventory_type" text,
	"starts_at" timestamp with time zone,
	"ends_at" timestamp with time zone,
	"base_bid" bigint,
	"budget" bigint,
	CONSTRAINT "ad_groups_pkey" PRIMARY KEY("agency_id","account_id","ad_group_id")
);
--> statement-breakpoint
ALTER TABLE "ad_groups" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ads" (
	"agency_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"delivery_status" text,
	"delivery_reasons" text[] NOT NULL,
	"created_at" timestamp with time zone,
	"updated_at" timestamp with time zone,
	"source" jsonb NOT NULL,
	"synced_at" timestamp with time zone NOT NULL,
	"ad_id" text NOT NULL,
	"ad_type" text,
	CONSTRAINT "ads_pkey" PRIMARY KEY("agency_id","account_id","ad_id")
);
--> statement-breakpoint
ALTER TABLE "ads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "campaigns" (
	"agency_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"delivery_status" text,
	"delivery_reasons" text[] NOT NULL,
	"created_at" timestamp with time zone,
	"updated_at" timestamp with time zone,
	"source" jsonb NOT NULL,
	"synced_at" timestamp with time zone NOT NULL,
	"campaign_id" text NOT NULL,
	"starts_at" timestamp with time zone,
	"ends_at" timestamp with time zone,
	"budget" bigint,
	"budget_period" text,
	"kpi" text,
	CONSTRAINT "campaigns_pkey" PRIMARY KEY("agency_id","account_id","campaign_id")
);
--> statement-breakpoint
ALTER TABLE "campaigns" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "coverage" (
	"agency_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"first_day" date,
	"last_day" date,
	"synced_at" timestamp with time zone NOT NULL,
	"data_version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "coverage_pkey" PRIMARY KEY("agency_id","account_id","subject")
);
--> statement-breakpoint
ALTER TABLE "coverage" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "creatives" (
	"agency_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"creative_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text,
	"size" text,
	CONSTRAINT "creatives_pkey" PRIMARY KEY("agency_id","account_id","creative_id")
);
--> statement-breakpoint
ALTER TABLE "creatives" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "fact_days" (
	"agency_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"report_type" text NOT NULL,
	"day" date NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"run_id" uuid NOT NULL,
	CONSTRAINT "fact_days_pkey" PRIMARY KEY("agency_id","account_id","report_type","day")
);
--> statement-breakpoint
ALTER TABLE "fact_days" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "fact_revisions" (
	"agency_id" uuid NOT NULL,
	"day" date NOT NULL,
	"account_id" uuid NOT NULL,
	"report_type" text NOT NULL,
	"campaign_id" text NOT NULL,
	"ad_group_id" text DEFAULT '' NOT NULL,
	"creative_id" text DEFAULT '' NOT NULL,
	"segment" text DEFAULT '' NOT NULL,
	"superseded_at" timestamp with time zone NOT NULL,
	"run_id" uuid NOT NULL,
	"fact" jsonb NOT NULL,
	CONSTRAINT "fact_revisions_pkey" PRIMARY KEY("agency_id","day","account_id","report_type","campaign_id","ad_group_id","creative_id","segment","run_id")
);
--> statement-breakpoint
ALTER TABLE "fact_revisions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "facts" (
	"agency_id" uuid NOT NULL,
	"day" date NOT NULL,
	"account_id" uuid NOT NULL,
	"report_type" text NOT NULL,
	"campaign_id" text NOT NULL,
	"ad_group_id" text DEFAULT '' NOT NULL,
	"creative_id" text DEFAULT '' NOT NULL,
	"segment" text DEFAULT '' NOT NULL,
	"currency" text NOT NULL,
	"impressions" bigint DEFAULT 0 NOT NULL,
	"viewable_impressions" bigint DEFAULT 0 NOT NULL,
	"measurable_impressions" bigint DEFAULT 0 NOT NULL,
	"clicks" bigint DEFAULT 0 NOT NULL,
	"total_cost" bigint DEFAULT 0 NOT NULL,
	"supply_cost" bigint DEFAULT 0 NOT NULL,
	"audience_fee" bigint DEFAULT 0 NOT NULL,
	"console_fee" bigint DEFAULT 0 NOT NULL,
	"detail_page_views" bigint DEFAULT 0 NOT NULL,
	"add_to_cart" bigint DEFAULT 0 NOT NULL,
	"purchases" bigint DEFAULT 0 NOT NULL,
	"units_sold" bigint DEFAULT 0 NOT NULL,
	"sales" bigint DEFAULT 0 NOT NULL,
	"new_to_brand_purchases" bigint DEFAULT 0 NOT NULL,
	"new_to_brand_sales" bigint DEFAULT 0 NOT NULL,
	"total_purchases" bigint DEFAULT 0 NOT NULL,
	"total_units_sold" bigint DEFAULT 0 NOT NULL,
	"total_sales" bigint DEFAULT 0 NOT NULL,
	"off_amazon_conversions" bigint DEFAULT 0 NOT NULL,
	"brand_searches" bigint DEFAULT 0 NOT NULL,
	"video_starts" bigint DEFAULT 0 NOT NULL,
	"video_completes" bigint DEFAULT 0 NOT NULL,
	"extra" jsonb,
	"run_id" uuid NOT NULL,
	CONSTRAINT "facts_pkey" PRIMARY KEY("agency_id","day","account_id","report_type","campaign_id","ad_group_id","creative_id","segment")
) PARTITION BY RANGE ("day");
--> statement-breakpoint
ALTER TABLE "facts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rejected_rows" (
	"agency_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"reason" text NOT NULL,
	"row" text NOT NULL,
	CONSTRAINT "rejected_rows_pkey" PRIMARY KEY("agency_id","run_id","position")
);
--> statement-breakpoint
ALTER TABLE "rejected_rows" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rollup_account_day" (
	"agency_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"day" date NOT NULL,
	"currency" text NOT NULL,
	"impressions" bigint DEFAULT 0 NOT NULL,
	"viewable_impressions" bigint DEFAULT 0 NOT NULL,
	"measurable_impressions" bigint DEFAULT 0 NOT NULL,
	"clicks" bigint DEFAULT 0 NOT NULL,
	"total_cost" bigint DEFAULT 0 NOT NULL,
	"supply_cost" bigint DEFAULT 0 NOT NULL,
	"audience_fee" bigint DEFAULT 0 NOT NULL,
	"console_fee" bigint DEFAULT 0 NOT NULL,
	"detail_page_views" bigint DEFAULT 0 NOT NULL,
	"add_to_cart" bigint DEFAULT 0 NOT NULL,
	"purchases" bigint DEFAULT 0 NOT NULL,
	"units_sold" bigint DEFAULT 0 NOT NULL,
	"sales" bigint DEFAULT 0 NOT NULL,
	"new_to_brand_purchases" bigint DEFAULT 0 NOT NULL,
	"new_to_brand_sales" bigint DEFAULT 0 NOT NULL,
	"total_purchases" bigint DEFAULT 0 NOT NULL,
	"total_units_sold" bigint DEFAULT 0 NOT NULL,
	"total_sales" bigint DEFAULT 0 NOT NULL,
	"off_amazon_conversions" bigint DEFAULT 0 NOT NULL,
	"brand_searches" bigint DEFAULT 0 NOT NULL,
	"video_starts" bigint DEFAULT 0 NOT NULL,
	"video_completes" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "rollup_account_day_pkey" PRIMARY KEY("agency_id","account_id","day","currency")
);
--> statement-breakpoint
ALTER TABLE "rollup_account_day" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rollup_campaign_day" (
	"agency_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"campaign_id" text NOT NULL,
	"day" date NOT NULL,
	"currency" text NOT NULL,
	"impressions" bigint DEFAULT 0 NOT NULL,
	"viewable_impressions" bigint DEFAULT 0 NOT NULL,
	"measurable_impressions" bigint DEFAULT 0 NOT NULL,
	"clicks" bigint DEFAULT 0 NOT NULL,
	"total_cost" bigint DEFAULT 0 NOT NULL,
	"supply_cost" bigint DEFAULT 0 NOT NULL,
	"audience_fee" bigint DEFAULT 0 NOT NULL,
	"console_fee" bigint DEFAULT 0 NOT NULL,
	"detail_page_views" bigint DEFAULT 0 NOT NULL,
	"add_to_cart" bigint DEFAULT 0 NOT NULL,
	"purchases" bigint DEFAULT 0 NOT NULL,
	"units_sold" bigint DEFAULT 0 NOT NULL,
	"sales" bigint DEFAULT 0 NOT NULL,
	"new_to_brand_purchases" bigint DEFAULT 0 NOT NULL,
	"new_to_brand_sales" bigint DEFAULT 0 NOT NULL,
	"total_purchases" bigint DEFAULT 0 NOT NULL,
	"total_units_sold" bigint DEFAULT 0 NOT NULL,
	"total_sales" bigint DEFAULT 0 NOT NULL,
	"off_amazon_conversions" bigint DEFAULT 0 NOT NULL,
	"brand_searches" bigint DEFAULT 0 NOT NULL,
	"video_starts" bigint DEFAULT 0 NOT NULL,
	"video_completes" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "rollup_campaign_day_pkey" PRIMARY KEY("agency_id","account_id","campaign_id","day","currency")
);
--> statement-breakpoint
ALTER TABLE "rollup_campaign_day" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sync_runs" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"kind" text NOT NULL,
	"slot" text NOT NULL,
	"range_start" date,
	"range_end" date,
	"state" text NOT NULL,
	"report_id" text,
	"connection_id" uuid,
	"dialect" text DEFAULT 'v3' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"polls" integer DEFAULT 0 NOT NULL,
	"waits" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"requested_at" timestamp with time zone,
	"next_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"deadline_at" timestamp with time zone,
	"note" text,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"rows_changed" integer DEFAULT 0 NOT NULL,
	"rows_rejected" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "sync_runs_pkey" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "sync_runs_slot" UNIQUE("agency_id","account_id","subject","slot")
);
--> statement-breakpoint
ALTER TABLE "sync_runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "agencies" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "agencies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "brands" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"archived_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "brands_pkey" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
ALTER TABLE "brands" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "invitations" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"brand_ids" uuid[],
	"token_digest" text NOT NULL,
	"invited_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "invitations_pkey" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
ALTER TABLE "invitations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "memberships" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"brand_id" uuid,
	"role" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_pkey" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "memberships_user_brand" UNIQUE NULLS NOT DISTINCT("agency_id","user_id","brand_id")
);
--> statement-breakpoint
ALTER TABLE "memberships" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("agency_id","at");--> statement-breakpoint
CREATE INDEX "account_access_connection" ON "account_access" USING btree ("agency_id","connection_id");--> statement-breakpoint
CREATE INDEX "accounts_brand" ON "accounts" USING btree ("agency_id","brand_id");--> statement-breakpoint
CREATE INDEX "grants_sealed_under" ON "grants" USING btree ("agency_id","sealed_under");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("agency_id","user_id");--> statement-breakpoint
CREATE INDEX "ad_groups_campaign" ON "ad_groups" USING btree ("agency_id","account_id","campaign_id");--> statement-breakpoint
CREATE INDEX "campaigns_name" ON "campaigns" USING btree ("agency_id","name");--> statement-breakpoint
CREATE INDEX "facts_account_day" ON "facts" USING btree ("agency_id","account_id","day");--> statement-breakpoint
CREATE INDEX "rollup_campaign_day_day" ON "rollup_campaign_day" USING btree ("agency_id","account_id","day");--> statement-breakpoint
CREATE INDEX "sync_runs_open" ON "sync_runs" USING btree ("agency_id","state","account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "brands_name" ON "brands" USING btree ("agency_id",lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token" ON "invitations" USING btree ("agency_id","token_digest");--> statement-breakpoint
CREATE POLICY "tenant" ON "audit_events" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "account_access" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "accounts" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "connections" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "grants" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "oauth_states" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "shared" ON "rate_limits" AS PERMISSIVE FOR ALL TO public USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "shared" ON "worker_heartbeats" AS PERMISSIVE FOR ALL TO public USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "shared" ON "directory" AS PERMISSIVE FOR ALL TO public USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant" ON "sessions" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "users" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "ad_groups" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "ads" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "campaigns" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "coverage" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "creatives" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "fact_days" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "fact_revisions" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "facts" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "rejected_rows" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "rollup_account_day" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "rollup_campaign_day" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "sync_runs" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "agencies" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (id = (select nullif(current_setting('app.agency_id', true), '')::uuid) or (select current_setting('app.scope', true) = 'system')) WITH CHECK (id = (select nullif(current_setting('app.agency_id', true), '')::uuid) or (select current_setting('app.scope', true) = 'system'));--> statement-breakpoint
CREATE POLICY "tenant" ON "brands" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "invitations" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "memberships" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));