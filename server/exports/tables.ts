import {
  bigint,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { Signed } from "../audit";
import { agencyId, tenantPolicy } from "../core/db/tenant";
import type { ReadRights } from "../workspace";
import { formatIds } from "./contract";
import type { Manifest } from "./manifest-contract";

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const count = (name: string) => bigint(name, { mode: "number" });

/** A list as a file, written for one person. Once it is done the row is its receipt, and stays when the file is deleted. */
export const exports = pgTable(
  "exports",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    userId: uuid("user_id").notNull(),
    /** Their name, as it was then. */
    askedBy: text("asked_by").notNull(),
    list: text("list").notNull(),
    title: text("title").notNull(),
    query: text("query").notNull(),
    filename: text("filename").notNull(),
    format: text("format", { enum: formatIds }).notNull().default("csv"),
    state: text("state", { enum: ["waiting", "running", "done", "failed", "cancelled"] }).notNull(),
    /** Rises when a job begins: an older one that still lives can write no more. */
    attempt: integer("attempt").notNull().default(0),
    rows: count("rows").notNull().default(0),
    bytes: count("bytes").notNull().default(0),
    reason: text("reason"),
    /** What the person might see when it was written: who may see less by now does not get it. */
    rights: jsonb("rights").$type<ReadRights>().notNull().default({}),
    createdAt: moment("created_at").notNull(),
    endedAt: moment("ended_at"),
    /** When the file goes; null: it was sent at once, and is not kept. */
    expiresAt: moment("expires_at"),
    sha256: text("sha256"),
    manifest: jsonb("manifest").$type<Manifest>(),
    signed: jsonb("signed").$type<Signed>(),
  },
  (t) => [
    primaryKey({ name: "exports_pkey", columns: [t.agencyId, t.id] }),
    index("exports_user").on(t.agencyId, t.userId, t.createdAt),
    index("exports_sha256").on(t.agencyId, t.sha256),
    tenantPolicy(),
  ],
);

/** The file in pieces, so that every process sees it and none holds it whole. */
export const exportPieces = pgTable(
  "export_pieces",
  {
    agencyId: agencyId(),
    exportId: uuid("export_id").notNull(),
    part: integer("part").notNull(),
    body: bytea("body").notNull(),
  },
  (t) => [primaryKey({ name: "export_pieces_pkey", columns: [t.agencyId, t.exportId, t.part] }), tenantPolicy()],
);
