ALTER TABLE "directory" DROP COLUMN "agency_id";--> statement-breakpoint
ALTER TABLE "directory" DROP COLUMN "user_id";--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "password_hash";