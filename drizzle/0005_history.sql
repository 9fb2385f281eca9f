CREATE TABLE "account_day_versions" (
	"agency_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"day" date NOT NULL,
	"currency" text NOT NULL,
	"known_at" timestamp with time zone NOT NULL,
	"age" integer NOT NULL,
	"cause" text NOT NULL,
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
	CONSTRAINT "account_day_versions_pkey" PRIMARY KEY("agency_id","account_id","day","currency","known_at")
);
--> statement-breakpoint
ALTER TABLE "account_day_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "maturity_curves" (
	"agency_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"column" text NOT NULL,
	"learnt_at" timestamp with time zone NOT NULL,
	"growth" double precision[] NOT NULL,
	"variance" double precision[] NOT NULL,
	"weight" double precision[] NOT NULL,
	"seen" integer[] NOT NULL,
	"asked" double precision[] NOT NULL,
	"scale80" double precision NOT NULL,
	"scale95" double precision NOT NULL,
	CONSTRAINT "maturity_curves_pkey" PRIMARY KEY("agency_id","account_id","column")
);
--> statement-breakpoint
ALTER TABLE "maturity_curves" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "fact_days" ADD COLUMN "first_known_at" timestamp with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "fact_days" ALTER COLUMN "first_known_at" SET DEFAULT now();--> statement-breakpoint
ALTER TABLE "fact_revisions" ADD COLUMN "known_at" timestamp with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "fact_revisions" ALTER COLUMN "known_at" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "facts" ADD COLUMN "known_at" timestamp with time zone DEFAULT '-infinity' NOT NULL;--> statement-breakpoint
ALTER TABLE "facts" ALTER COLUMN "known_at" SET DEFAULT now();--> statement-breakpoint
-- A revision was known since the one before it ended; the fact itself since the last one ended.
UPDATE "fact_revisions" r SET "known_at" = p."ended" FROM (
  SELECT agency_id, day, account_id, report_type, campaign_id, ad_group_id, creative_id, segment, run_id,
    lag(superseded_at) OVER (PARTITION BY agency_id, day, account_id, report_type, campaign_id, ad_group_id, creative_id, segment
      ORDER BY superseded_at) AS "ended"
  FROM "fact_revisions") p
WHERE p."ended" IS NOT NULL AND (r.agency_id, r.day, r.account_id, r.report_type, r.campaign_id, r.ad_group_id, r.creative_id, r.segment, r.run_id)
  = (p.agency_id, p.day, p.account_id, p.report_type, p.campaign_id, p.ad_group_id, p.creative_id, p.segment, p.run_id);--> statement-breakpoint
UPDATE "facts" f SET "known_at" = r."ended" FROM (
  SELECT agency_id, day, account_id, report_type, campaign_id, ad_group_id, creative_id, segment, max(superseded_at) AS "ended"
  FROM "fact_revisions" GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) r
WHERE (f.agency_id, f.day, f.account_id, f.report_type, f.campaign_id, f.ad_group_id, f.creative_id, f.segment)
  = (r.agency_id, r.day, r.account_id, r.report_type, r.campaign_id, r.ad_group_id, r.creative_id, r.segment);--> statement-breakpoint
CREATE INDEX "account_day_versions_known" ON "account_day_versions" USING btree ("agency_id","account_id","known_at");--> statement-breakpoint
CREATE INDEX "fact_revisions_account_day" ON "fact_revisions" USING btree ("agency_id","account_id","day");--> statement-breakpoint
CREATE POLICY "tenant" ON "account_day_versions" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "maturity_curves" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));