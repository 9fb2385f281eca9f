CREATE TABLE "amazon_calls" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"region" text NOT NULL,
	"operation" text NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"status" integer,
	"duration_ms" integer NOT NULL,
	"request_id" text,
	"error_class" text,
	"error" text,
	"connection_id" uuid,
	"account_id" uuid,
	"brand_id" uuid,
	"origin" text NOT NULL,
	CONSTRAINT "amazon_calls_pkey" PRIMARY KEY("agency_id","id")
);
--> statement-breakpoint
ALTER TABLE "amazon_calls" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "token_gates" (
	"key" text PRIMARY KEY NOT NULL,
	"cause" text NOT NULL,
	"reason" text NOT NULL,
	"closed_until" timestamp with time zone,
	"strikes" integer NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"told" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "token_gates" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "deliveries" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"message_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone,
	"external_id" text NOT NULL,
	"note" text,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "deliveries_pkey" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "deliveries_once" UNIQUE("agency_id","message_id","channel")
);
--> statement-breakpoint
ALTER TABLE "deliveries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "messages" (
	"agency_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"signal" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"action" jsonb,
	"subject" jsonb NOT NULL,
	"dedupe_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "messages_pkey" PRIMARY KEY("agency_id","id"),
	CONSTRAINT "messages_once" UNIQUE("agency_id","user_id","dedupe_key")
);
--> statement-breakpoint
ALTER TABLE "messages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notification_preferences" (
	"agency_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"email" boolean DEFAULT true NOT NULL,
	CONSTRAINT "notification_preferences_pkey" PRIMARY KEY("agency_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "notification_preferences" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "connection_id" uuid;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "consent_notice" integer;--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "renew_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "purpose" text;--> statement-breakpoint
CREATE INDEX "amazon_calls_at" ON "amazon_calls" USING btree ("agency_id","at");--> statement-breakpoint
CREATE INDEX "amazon_calls_brand" ON "amazon_calls" USING btree ("agency_id","brand_id","at");--> statement-breakpoint
CREATE INDEX "amazon_calls_connection" ON "amazon_calls" USING btree ("agency_id","connection_id","at");--> statement-breakpoint
CREATE INDEX "amazon_calls_account" ON "amazon_calls" USING btree ("agency_id","account_id","at");--> statement-breakpoint
CREATE INDEX "amazon_calls_failed" ON "amazon_calls" USING btree ("agency_id","error_class","at") WHERE error_class is not null;--> statement-breakpoint
CREATE INDEX "amazon_calls_request" ON "amazon_calls" USING btree ("agency_id","request_id");--> statement-breakpoint
CREATE INDEX "deliveries_waiting" ON "deliveries" USING btree ("agency_id","state","next_at");--> statement-breakpoint
CREATE INDEX "messages_inbox" ON "messages" USING btree ("agency_id","user_id","created_at");--> statement-breakpoint
CREATE INDEX "audit_events_target" ON "audit_events" USING btree ("agency_id","target_type","target_id","at");--> statement-breakpoint
CREATE INDEX "grants_renew" ON "grants" USING btree ("agency_id","renew_at");--> statement-breakpoint
CREATE POLICY "tenant" ON "amazon_calls" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "shared" ON "token_gates" AS PERMISSIVE FOR ALL TO public USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant" ON "deliveries" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "messages" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "tenant" ON "notification_preferences" AS PERMISSIVE FOR ALL TO "tidemark_app" USING (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid)) WITH CHECK (agency_id = (select nullif(current_setting('app.agency_id', true), '')::uuid));