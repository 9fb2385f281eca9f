CREATE INDEX "accounts_name" ON "accounts" USING btree ("agency_id","name","id");--> statement-breakpoint
CREATE INDEX "accounts_seen" ON "accounts" USING btree ("agency_id","seen_at");--> statement-breakpoint
CREATE INDEX "accounts_created" ON "accounts" USING btree ("agency_id","created_at");