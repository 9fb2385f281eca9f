CREATE TABLE "amc_batch_reuses" (
	"agency_id" uuid NOT NULL,
	"batch_id" uuid NOT NULL,
	"execution_id" uuid NOT NULL,
	CONSTRAINT "amc_batch_reuses_pkey" PRIMARY KEY("agency_id","batch_id","execution_id")
);
--> statement-breakpoint
ALTER TABLE "amc_batch_reuses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "tenant" ON "amc_batch_reuses" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));