import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { agencyId, tenantPolicy } from "../core/db/tenant";
import type { MessageAction, MessageKind, MessageSubject } from "./contract";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** What one person is told, once. */
export const messages = pgTable(
  "messages",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    userId: uuid("user_id").notNull(),
    kind: text("kind").$type<MessageKind>().notNull(),
    signal: text("signal", { enum: ["ok", "attention", "problem", "info"] }).notNull(),
    title: text("title").notNull(),
    body: text("body").notNull(),
    /** The one button. */
    action: jsonb("action").$type<MessageAction>(),
    /** What it is about. */
    subject: jsonb("subject").$type<MessageSubject>().notNull(),
    /** The same news told twice has the same key: it becomes one message. */
    dedupeKey: text("dedupe_key").notNull(),
    createdAt: moment("created_at").notNull(),
    readAt: moment("read_at"),
  },
  (t) => [
    primaryKey({ name: "messages_pkey", columns: [t.agencyId, t.id] }),
    unique("messages_once").on(t.agencyId, t.userId, t.dedupeKey),
    index("messages_inbox").on(t.agencyId, t.userId, t.createdAt),
    tenantPolicy(),
  ],
);

/** One attempt series to carry a message through a channel. */
export const deliveries = pgTable(
  "deliveries",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    messageId: uuid("message_id").notNull(),
    userId: uuid("user_id").notNull(),
    channel: text("channel", { enum: ["email"] }).notNull(),
    state: text("state", { enum: ["waiting", "sent", "failed"] }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    nextAt: moment("next_at"),
    /** Stable over attempts, so that a repeated mail is known for what it is. */
    externalId: text("external_id").notNull(),
    note: text("note"),
    createdAt: moment("created_at").notNull(),
    sentAt: moment("sent_at"),
  },
  (t) => [
    primaryKey({ name: "deliveries_pkey", columns: [t.agencyId, t.id] }),
    unique("deliveries_once").on(t.agencyId, t.messageId, t.channel),
    index("deliveries_waiting").on(t.agencyId, t.state, t.nextAt),
    tenantPolicy(),
  ],
);

/** Where a person wants to hear of things. No row: in the inbox and by email. */
export const notificationPreferences = pgTable(
  "notification_preferences",
  {
    agencyId: agencyId(),
    userId: uuid("user_id").notNull(),
    email: boolean("email").notNull().default(true),
  },
  (t) => [primaryKey({ name: "notification_preferences_pkey", columns: [t.agencyId, t.userId] }), tenantPolicy()],
);
