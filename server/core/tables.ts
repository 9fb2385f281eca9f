import { bigint, index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { outboxPolicies, sharedPolicy } from "./db/tenant";

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

/** Mails of the product itself (password links, sign-in notices) that wait to be sent, written in the transaction of their cause. */
export const mails = pgTable(
  "mails",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    recipient: text("recipient").notNull(),
    subject: text("subject").notNull(),
    /** Sealed, as it may hold a link that signs in; removed once sent. */
    body: text("body"),
    createdAt: timestamp("created_at", { withTimezone: true, mode: "date" }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    nextAt: timestamp("next_at", { withTimezone: true, mode: "date" }),
    sentAt: timestamp("sent_at", { withTimezone: true, mode: "date" }),
    failedAt: timestamp("failed_at", { withTimezone: true, mode: "date" }),
    note: text("note"),
  },
  (t) => [index("mails_waiting").on(t.nextAt), ...outboxPolicies()],
);
