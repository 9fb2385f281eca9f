import { date, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { agencyId, tenantPolicy } from "../core/db/tenant";
import { askStates, type ColumnKind, timeUnits } from "./contract";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** A question of a person's own to Amazon. */
export const customReports = pgTable(
  "custom_reports",
  {
    agencyId: agencyId(),
    id: uuid("id").notNull().defaultRandom(),
    name: text("name").notNull(),
    type: text("type").notNull(),
    groupBy: jsonb("group_by").$type<string[]>().notNull(),
    columns: jsonb("columns").$type<string[]>().notNull(),
    timeUnit: text("time_unit", { enum: timeUnits }).notNull(),
    rangeStart: date("range_start", { mode: "string" }).notNull(),
    rangeEnd: date("range_end", { mode: "string" }).notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "custom_reports_pkey", columns: [t.agencyId, t.id] }),
    index("custom_reports_created").on(t.agencyId, t.createdAt),
    tenantPolicy(),
  ],
);

/** The question about one of its accounts, and how far the answer is. */
export const customReportAsks = pgTable(
  "custom_report_asks",
  {
    agencyId: agencyId(),
    reportId: uuid("report_id").notNull(),
    accountId: uuid("account_id").notNull(),
    /** Its place among the report's accounts. */
    position: integer("position").notNull(),
    state: text("state", { enum: askStates }).notNull(),
    /** The report's number at Amazon. */
    amazonReportId: text("amazon_report_id"),
    requestedAt: moment("requested_at"),
    deadlineAt: moment("deadline_at"),
    nextAt: moment("next_at"),
    polls: integer("polls").notNull().default(0),
    waits: integer("waits").notNull().default(0),
    attempts: integer("attempts").notNull().default(0),
    note: text("note"),
    rows: integer("rows").notNull().default(0),
    rowsRejected: integer("rows_rejected").notNull().default(0),
    /** What the values of each column turned out to be. */
    kinds: jsonb("kinds").$type<Record<string, ColumnKind>>().notNull().default({}),
    finishedAt: moment("finished_at"),
  },
  (t) => [
    primaryKey({ name: "custom_report_asks_pkey", columns: [t.agencyId, t.reportId, t.accountId] }),
    index("custom_report_asks_account").on(t.agencyId, t.accountId),
    tenantPolicy(),
  ],
);

/** The rows of an answer, 500 a piece, each in the order of the report's columns. */
export const customReportPieces = pgTable(
  "custom_report_pieces",
  {
    agencyId: agencyId(),
    reportId: uuid("report_id").notNull(),
    accountId: uuid("account_id").notNull(),
    part: integer("part").notNull(),
    rows: jsonb("rows").$type<(string | number | boolean | null)[][]>().notNull(),
  },
  (t) => [
    primaryKey({ name: "custom_report_pieces_pkey", columns: [t.agencyId, t.reportId, t.accountId, t.part] }),
    tenantPolicy(),
  ],
);
