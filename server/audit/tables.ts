import { bigint, index, jsonb, pgTable, primaryKey, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { agencyId, findablePolicies, sharedPolicy, tenantPolicy, triggerWrittenPolicy } from "../core/db/tenant";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const auditEvents = pgTable(
  "audit_events",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    at: timestamp("at", { withTimezone: true, mode: "date" }).notNull().defaultNow(),
    actorKind: text("actor_kind", { enum: ["user", "key", "operator", "anonymous", "system"] }).notNull(),
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name").notNull(),
    action: text("action").notNull(),
    targetType: text("target_type").notNull(),
    targetId: text("target_id").notNull(),
    targetLabel: text("target_label"),
    brandId: uuid("brand_id"),
    before: jsonb("before"),
    after: jsonb("after"),
    requestId: text("request_id").notNull(),
    /** Where the request came from; null for jobs. */
    ip: text("ip"),
    userAgent: text("user_agent"),
  },
  (t) => [
    primaryKey({ name: "audit_events_pkey", columns: [t.agencyId, t.id] }),
    index("audit_events_at").on(t.agencyId, t.at),
    index("audit_events_target").on(t.agencyId, t.targetType, t.targetId, t.at),
    tenantPolicy(),
  ],
);

/** The place of every event in its agency's hash chain; written by the database itself when the event's transaction commits. */
export const auditLinks = pgTable(
  "audit_links",
  {
    agencyId: agencyId(),
    /** 1 for the first event, without gaps. */
    seq: bigint("seq", { mode: "number" }).notNull(),
    eventId: uuid("event_id").notNull(),
    /** SHA-256 (hex) of the former link's hash and the event's canonical text. */
    hash: text("hash").notNull(),
  },
  (t) => [
    primaryKey({ name: "audit_links_pkey", columns: [t.agencyId, t.seq] }),
    unique("audit_links_event").on(t.agencyId, t.eventId),
    triggerWrittenPolicy(),
  ],
);

/** The end of each agency's chain. */
export const auditHeads = pgTable(
  "audit_heads",
  { agencyId: agencyId().primaryKey(), seq: bigint("seq", { mode: "number" }).notNull(), hash: text("hash").notNull() },
  () => [triggerWrittenPolicy()],
);

/** Signed statements of where a chain stood; also kept outside the database. */
export const auditCheckpoints = pgTable(
  "audit_checkpoints",
  {
    agencyId: agencyId(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    hash: text("hash").notNull(),
    at: moment("at").notNull(),
    /** Id of the signing key. */
    keyId: text("key_id").notNull(),
    /** Ed25519 over the canonical statement, base64. */
    signature: text("signature").notNull(),
    /** The last event that retention removed stands at this checkpoint: the chain is proved from here on. */
    prunedAt: moment("pruned_at"),
  },
  (t) => [primaryKey({ name: "audit_checkpoints_pkey", columns: [t.agencyId, t.seq] }), ...findablePolicies()],
);

/** The installation's keys for checkpoints; the private half is sealed. */
export const signingKeys = pgTable(
  "signing_keys",
  {
    id: text("id").primaryKey(),
    publicKey: text("public_key").notNull(),
    privateKey: text("private_key").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  () => [sharedPolicy()],
);
