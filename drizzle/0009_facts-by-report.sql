DROP INDEX "facts_account_day";--> statement-breakpoint
CREATE INDEX "facts_account_report_day" ON "facts" USING btree ("agency_id","account_id","report_type","day");