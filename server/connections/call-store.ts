// The ledger of calls to Amazon.
import {
  and,
  type Column,
  desc,
  eq,
  getTableColumns,
  inArray,
  isNotNull,
  isNull,
  lt,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";
import type { Scope } from "../core/db/connect";
import { listClauses } from "../core/db/list-clauses";
import { filterValues, type ListQuery, type ListResult, likePattern } from "../core/query";
import { brands } from "../workspace/tables";
import { mostCallsCounted, mostCallsSearched } from "./call-contract";
import { accounts, amazonCalls, connections } from "./tables";

export type CallRow = typeof amazonCalls.$inferSelect;
export type NewCall = typeof amazonCalls.$inferInsert;

/** Rows of one agency, in its own transaction: the ledger is written outside any ctx. */
export async function insertCalls({ db }: Scope, rows: NewCall[]): Promise<void> {
  const record = JSON.stringify(
    rows.map((row) => Object.fromEntries(written.map(([field, column]) => [column, row[field] ?? null]))),
  );
  await db.execute(sql`insert into ${amazonCalls} (${columnNames})
    select ${columnNames} from jsonb_populate_recordset(null::${amazonCalls}, ${record}::jsonb)`);
}

/** All but the id, which the table gives. Rows go as one parameter: a statement made for each number of rows costs more than the rows. */
const written = Object.entries(getTableColumns(amazonCalls)).flatMap(([field, { name }]) =>
  field === "id" ? [] : [[field as Exclude<keyof CallRow, "id">, name] as const],
);
const columnNames = sql.join(
  written.map(([, name]) => sql.identifier(name)),
  sql`, `,
);

/** Tells open pages that there are new calls. */
export async function announceCalls({ db }: Scope, agencyId: string): Promise<void> {
  const news = JSON.stringify({ agencyId, resource: "amazon-calls", ids: [] });
  await db.execute(sql`select pg_notify('tidemark', ${news})`);
}

/** @returns how many were removed; at most `batch`, so that no transaction is long */
export async function removeCallsBefore(tx: TxCtx, moment: Date, batch: number): Promise<number> {
  const oldest = tx.db
    .select({ id: amazonCalls.id })
    .from(amazonCalls)
    .where(and(eq(amazonCalls.agencyId, tx.agencyId), lt(amazonCalls.at, moment)))
    .limit(batch);
  const removed = await tx.db
    .delete(amazonCalls)
    .where(and(eq(amazonCalls.agencyId, tx.agencyId), inArray(amazonCalls.id, oldest)));
  return removed.count;
}

export interface SeenCall {
  call: CallRow;
  accountName: string | null;
  brandName: string | null;
  connectionName: string | null;
}

const columns = {
  fields: {
    id: amazonCalls.id,
    at: amazonCalls.at,
    region: amazonCalls.region,
    operation: amazonCalls.operation,
    method: amazonCalls.method,
    path: amazonCalls.path,
    status: amazonCalls.status,
    durationMs: amazonCalls.durationMs,
    requestId: amazonCalls.requestId,
    errorClass: amazonCalls.errorClass,
    connectionId: amazonCalls.connectionId,
    accountId: amazonCalls.accountId,
    brandId: amazonCalls.brandId,
    origin: amazonCalls.origin,
  },
  order: [desc(amazonCalls.at)],
  tie: amazonCalls.id,
};

/** What the actor may see: all, or the calls made for the brands where their role covers calls. */
function visible(tx: TxCtx): SQL | undefined {
  const brandIds = tx.brandsWith("calls.read");
  const ours = eq(amazonCalls.agencyId, tx.agencyId);
  return brandIds === "all" ? ours : and(ours, inArray(amazonCalls.brandId, [...brandIds]));
}

function byOutcome(query: ListQuery): SQL | undefined {
  const [outcome, ...others] = new Set(filterValues(query, "outcome"));
  if (!outcome || others.length > 0) return undefined;
  return outcome === "ok" ? isNull(amazonCalls.errorClass) : isNotNull(amazonCalls.errorClass);
}

/**
 * Free text is looked for in the newest of the calls that the filters leave: all of a month's would take seconds. A whole
 * request id is found wherever it is.
 */
async function bySearch(tx: TxCtx, others: SQL | undefined, search: string): Promise<SQL | undefined> {
  const named = and(others, eq(amazonCalls.requestId, search));
  if ((await tx.db.select({ id: amazonCalls.id }).from(amazonCalls).where(named).limit(1)).length > 0) return named;
  const newest = tx.db
    .select()
    .from(amazonCalls)
    .where(others)
    .orderBy(desc(amazonCalls.at))
    .limit(mostCallsSearched)
    .as("newest");
  const found = await tx.db
    .select({ id: newest.id })
    .from(newest)
    .where(or(...[newest.operation, newest.path, newest.requestId, newest.error].map(holds(search))))
    .limit(mostCallsCounted + 1);
  return and(others, sql`${amazonCalls.id} = any(${arrayLiteral(found.map(({ id }) => id))}::uuid[])`);
}

/** Small and capital ASCII letters alike: in the database's own language it takes ten times as long. */
const holds = (search: string) => (text: Column) => sql`${text} collate "C" ilike ${likePattern(search)}`;

/** The names are looked up for the rows of the window only. */
export async function selectCalls(tx: TxCtx, query: ListQuery): Promise<ListResult<SeenCall>> {
  const clauses = listClauses({ ...query, search: null }, columns);
  const filtered = and(visible(tx), clauses.where, byOutcome(query));
  const where = query.search ? await bySearch(tx, filtered, query.search) : filtered;
  const window = await tx.db
    .select()
    .from(amazonCalls)
    .where(where)
    .orderBy(...clauses.orderBy)
    .limit(query.limit)
    .offset(query.start);
  const names = await namesOf(tx, window);
  const items = window.map((call) => ({
    call,
    accountName: names.get(call.accountId ?? "") ?? null,
    brandName: names.get(call.brandId ?? "") ?? null,
    connectionName: names.get(call.connectionId ?? "") ?? null,
  }));
  const counted = tx.db
    .select({ one: sql`1` })
    .from(amazonCalls)
    .where(where)
    .limit(mostCallsCounted + 1)
    .as("counted");
  return { items, total: await tx.db.$count(counted) };
}

type Named = Pick<CallRow, "accountId" | "brandId" | "connectionId">;

async function namesOf(tx: TxCtx, calls: readonly Named[]): Promise<Map<string, string>> {
  const idsOf = (field: keyof Named) => [...new Set(calls.flatMap((call) => call[field] ?? []))];
  const found = await Promise.all([
    tx.db
      .select({ id: accounts.id, name: accounts.name })
      .from(accounts)
      .where(and(eq(accounts.agencyId, tx.agencyId), inArray(accounts.id, idsOf("accountId")))),
    tx.db
      .select({ id: brands.id, name: brands.name })
      .from(brands)
      .where(and(eq(brands.agencyId, tx.agencyId), inArray(brands.id, idsOf("brandId")))),
    tx.db
      .select({ id: connections.id, name: connections.amazonUserName })
      .from(connections)
      .where(and(eq(connections.agencyId, tx.agencyId), inArray(connections.id, idsOf("connectionId")))),
  ]);
  return new Map(found.flat().map(({ id, name }) => [id, name]));
}
