ALTER TABLE "export_pieces" ALTER COLUMN "body" SET DATA TYPE bytea USING convert_to("body", 'UTF8');--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "format" text DEFAULT 'csv' NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "sha256" text;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "manifest" jsonb;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "signed" jsonb;--> statement-breakpoint
CREATE INDEX "exports_sha256" ON "exports" USING btree ("agency_id","sha256");