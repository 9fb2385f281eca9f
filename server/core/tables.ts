import { bigint, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { sharedPolicy } from "./db/tenant";

/** Shared by all processes: inbound rate limits (rate-limiter-flexible keeps it). */
export const rateLimits = pgTable(
  "rate_limits",
  {
    key: text("key").primaryKey(),
    points: integer("points").notNull().default(0),
    expire: bigint("expire", { mode: "number" }),
  },
  () => [sharedPolicy()],
);

/** One row a live worker pool; a pool that stops writing has its jobs handed to others. */
export const workerHeartbeats = pgTable(
  "worker_heartbeats",
  {
    poolId: text("pool_id").primaryKey(),
    startedAt: timestamp("started_at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
    seenAt: timestamp("seen_at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
  },
  () => [sharedPolicy()],
);
