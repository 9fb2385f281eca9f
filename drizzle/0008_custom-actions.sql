ALTER TABLE "custom_action_runs" ADD COLUMN "action_label" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "custom_action_runs" ADD COLUMN "target_label" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "custom_action_runs" ADD COLUMN "body" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "custom_action_runs" ADD COLUMN "holds_money" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "custom_action_runs" ADD COLUMN "is_test" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "custom_action_runs" ADD COLUMN "tries" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "custom_action_runs" ADD COLUMN "next_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "custom_action_runs" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "custom_actions" ADD COLUMN "former_secret" text;--> statement-breakpoint
ALTER TABLE "custom_actions" ADD COLUMN "former_until" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "custom_action_runs_newest" ON "custom_action_runs" USING btree ("agency_id","created_at");