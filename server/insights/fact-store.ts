// Facts, their revisions and the day rollups. Everything here is set-based SQL over the rows that stage-rows.ts has staged.
import type { Writable } from "node:stream";
import type { TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";
import { type SourceColumn, sourceColumns } from "./metric";
import { type ReportTypeId, rollupSource } from "./report-types";
import type { ReportRun } from "./stage-rows";

/** What was read into the temporary table. */
export interface Staged {
  rowsRead: number;
  rowsRejected: number;
  creatives: Map<string, { name: string; kind: string; size: string }>;
}

export interface MergeCounts {
  rowsRead: number;
  /** Facts that are new, restated or gone. */
  rowsChanged: number;
  rowsRejected: number;
}

export const columnName = (column: SourceColumn): string =>
  column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
export const metricNames = sourceColumns.map(columnName);

const names = metricNames.join(", ");
const grain = ["day", "campaign_id", "ad_group_id", "creative_id", "segment"];
/** What a fact says. */
const said = ["currency", ...metricNames, "extra"];
const of = (alias: string, columns: readonly string[]) => columns.map((column) => `${alias}.${column}`).join(", ");
const sameGrain = grain.map((column) => `f.${column} = s.${column}`).join(" and ");
const differs = `(${of("f", said)}) is distinct from (${of("s", said)})`;
/** $1 agency, $2 account, $3 report type, $4 and $5 the days asked for. */
const inWindow = `f.agency_id = $1::uuid and f.account_id = $2::uuid and f.report_type = $3 and f.day between $4::date and $5::date`;

/** Makes the temporary table. @returns where its rows go, as COPY's text */
export async function createStaging(tx: TxCtx): Promise<Writable> {
  // The hash of a quarter of a million grains fits in memory.
  await tx.sql.unsafe("set local work_mem = '64MB'");
  await tx.sql.unsafe(`create temp table staged (position int, day date, campaign_id text, ad_group_id text,
    creative_id text, segment text, currency text, ${metricNames.map((name) => `${name} bigint`).join(", ")}, extra jsonb,
    reason text, raw text)
    on commit drop`);
  return tx.sql`copy staged from stdin`.writable();
}

/** Only one transaction at a time writes the facts of an account. */
export async function lockAccount(tx: TxCtx, accountId: string): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`facts ${tx.agencyId} ${accountId}`}, 0))`;
}

/** The months of the facts table must exist before rows of theirs come; not within an import, which would hold their lock. */
export async function ensureMonths(tx: TxCtx, from: string, to: string): Promise<void> {
  await tx.sql`select tidemark_ensure_fact_months(${from}::date, ${to}::date)`;
}

/** Makes the facts of the run's days what the staged rows say. The account must be locked. */
export async function mergeStaged(
  tx: TxCtx,
  { type, run }: { type: ReportTypeId; run: ReportRun },
  staged: Staged,
): Promise<MergeCounts> {
  const window = [tx.agencyId, run.accountId, type, run.range.from, run.range.to];
  await countStaged(tx);
  await dropOlderDays(tx, window, run);
  const doubles = await rejectDoubles(tx);
  const changes = await writeFacts(tx, window, run);
  if (type === rollupSource) await recomputeRollups(tx, run.accountId, [...changes.keys()]);
  const rowsRejected = staged.rowsRejected + doubles;
  if (rowsRejected > 0) await keepRejected(tx, run.id);
  await markDays(tx, window, run);
  await markCoverage(tx, window, run);
  let rowsChanged = 0;
  for (const count of changes.values()) rowsChanged += count;
  return { rowsRead: staged.rowsRead, rowsChanged, rowsRejected };
}

/** Without statistics Postgres takes nearly all staged rows for rejected ones, and sorts what it could hash. */
async function countStaged(tx: TxCtx): Promise<void> {
  await tx.sql`analyze staged (day, reason)`;
}

/** An answer to an older question must not replace a newer answer, whichever arrives first. */
async function dropOlderDays(tx: TxCtx, window: string[], run: ReportRun): Promise<void> {
  await tx.sql.unsafe(
    `delete from staged s using fact_days f where ${inWindow} and s.day = f.day and f.observed_at > $6::timestamptz`,
    [...window, run.observedAt.toISOString()],
  );
}

/** Of rows with one grain the last in the file stands. @returns how many the others are */
async function rejectDoubles(tx: TxCtx): Promise<number> {
  const keys = grain.join(", ");
  const result = await tx.sql.unsafe(
    `with twice as (select ${keys}, max(position) as last from staged where reason is null group by ${keys} having count(*) > 1)
    update staged f set reason = 'double: a later row of the file has the same day, campaign, ad group, creative and segment',
      raw = left((to_jsonb(f) - 'reason' - 'raw')::text, 2000)
    from twice s where ${sameGrain} and f.position < s.last and f.reason is null`,
  );
  return result.count;
}

type DayCount = { day: string; count: string };

/** @returns facts that changed, by day */
async function writeFacts(tx: TxCtx, window: string[], run: ReportRun): Promise<Map<string, number>> {
  const [known] = await tx.sql.unsafe(`select 1 from facts f where ${inWindow} limit 1`, window);
  const written = known ? await restate(tx, window, run) : await insertNew(tx, window, run);
  const changes = new Map<string, number>();
  for (const { day, count } of written) changes.set(day, (changes.get(day) ?? 0) + Number(count));
  return changes;
}

const insertFacts = `insert into facts as f (agency_id, account_id, report_type, run_id, known_at, ${[...grain, ...said].join(", ")})
  select $1::uuid, $2::uuid, $3, $4::uuid, $5::timestamptz, ${of("s", [...grain, ...said])} from staged s where s.reason is null`;
const perDay = "select day::text, count(*) from written group by day";

/** The fast way for days of which nothing is known. */
async function insertNew(tx: TxCtx, window: string[], run: ReportRun): Promise<DayCount[]> {
  const [agencyId = "", accountId = "", type = ""] = window;
  await tx.sql.unsafe(insertFacts, [agencyId, accountId, type, run.id, tx.now().toISOString()]);
  return tx.sql.unsafe<DayCount[]>("select day::text, count(*) from staged where reason is null group by day");
}

async function restate(tx: TxCtx, window: string[], run: ReportRun): Promise<DayCount[]> {
  const [agencyId = "", accountId = "", type = ""] = window;
  const at = tx.now().toISOString();
  await tx.sql.unsafe(
    `insert into fact_revisions (agency_id, account_id, report_type, ${grain.join(", ")}, known_at, superseded_at, run_id, fact)
    select ${revisionOf("f")} from facts f join staged s on ${sameGrain}
    where ${inWindow} and s.reason is null and ${differs}`,
    [...window, at, run.id],
  );
  const set = [...said, "run_id", "known_at"].map((name) => `${name} = excluded.${name}`).join(", ");
  const written = await tx.sql.unsafe<DayCount[]>(
    `with written as (${insertFacts}
      on conflict (agency_id, day, account_id, report_type, campaign_id, ad_group_id, creative_id, segment)
      do update set ${set} where (${of("f", said)}) is distinct from (${of("excluded", said)})
      returning f.day) ${perDay}`,
    [agencyId, accountId, type, run.id, at],
  );
  const gone = await tx.sql.unsafe<DayCount[]>(
    `with gone as (delete from facts f where ${inWindow}
        and not exists (select from staged s where ${sameGrain} and s.reason is null)
        and not exists (select from fact_days d where d.agency_id = f.agency_id and d.account_id = f.account_id
          and d.report_type = f.report_type and d.day = f.day and d.observed_at > $8::timestamptz)
        returning f.*),
      written as (insert into fact_revisions (agency_id, account_id, report_type, ${grain.join(", ")}, known_at, superseded_at, run_id, fact)
        select ${revisionOf("gone")} from gone returning day)
    ${perDay}`,
    [...window, at, run.id, run.observedAt.toISOString()],
  );
  return [...written, ...gone];
}

/** $6 the moment, $7 the run that replaces it. */
const revisionOf = (alias: string) =>
  `${of(alias, ["agency_id", "account_id", "report_type", ...grain, "known_at"])},
    $6::timestamptz, $7::uuid, to_jsonb(${alias})`;

const sums = metricNames.map((name) => `sum(${name})::bigint`).join(", ");

/** Makes the day rollups anew from the facts, never by difference; keys whose facts are gone go too. */
export async function recomputeRollups(tx: TxCtx, accountId: string, days: readonly string[]): Promise<void> {
  if (days.length === 0) return;
  const slice = [tx.agencyId, accountId, arrayLiteral(days)];
  const where = "agency_id = $1::uuid and account_id = $2::uuid and day = any($3::date[])";
  // Facts of this transaction have no statistics: taken for a few rows, they would be sorted on disk for a few hundred groups.
  await tx.sql`set local enable_sort = off`;
  await tx.sql.unsafe(`delete from rollup_campaign_day where ${where}`, slice);
  await tx.sql.unsafe(
    `insert into rollup_campaign_day (agency_id, account_id, campaign_id, day, currency, ${names})
    select agency_id, account_id, campaign_id, day, currency, ${sums} from facts
    where ${where} and report_type = $4 group by agency_id, account_id, campaign_id, day, currency`,
    [...slice, rollupSource],
  );
  await tx.sql.unsafe(`delete from rollup_account_day where ${where}`, slice);
  await tx.sql.unsafe(
    `insert into rollup_account_day (agency_id, account_id, day, currency, ${names})
    select agency_id, account_id, day, currency, ${sums} from rollup_campaign_day
    where ${where} group by agency_id, account_id, day, currency`,
    slice,
  );
}

async function keepRejected(tx: TxCtx, runId: string): Promise<void> {
  await tx.sql`insert into rejected_rows (agency_id, run_id, position, reason, row)
    select ${tx.agencyId}::uuid, ${runId}::uuid, position, left(reason, 500), raw from staged where reason is not null
    on conflict do nothing`;
}

/** Days whose answer is this one or a newer one. */
async function markDays(tx: TxCtx, window: string[], run: ReportRun): Promise<void> {
  await tx.sql.unsafe(
    `insert into fact_days as f (agency_id, account_id, report_type, day, observed_at, run_id, first_known_at)
    select $1::uuid, $2::uuid, $3, day::date, $6::timestamptz, $7::uuid, $8::timestamptz
    from generate_series($4::date, $5::date, interval '1 day') as day
    on conflict (agency_id, account_id, report_type, day) do update
    set observed_at = excluded.observed_at, run_id = excluded.run_id where f.observed_at <= excluded.observed_at`,
    [...window, run.observedAt.toISOString(), run.id, tx.now().toISOString()],
  );
}

async function markCoverage(tx: TxCtx, window: string[], run: ReportRun): Promise<void> {
  await tx.sql.unsafe(
    `insert into coverage as c (agency_id, account_id, subject, first_day, last_day, synced_at)
    values ($1::uuid, $2::uuid, $3, $4::date, $5::date, $6::timestamptz)
    on conflict (agency_id, account_id, subject) do update set first_day = least(c.first_day, excluded.first_day),
      last_day = greatest(c.last_day, excluded.last_day), synced_at = greatest(c.synced_at, excluded.synced_at),
      data_version = c.data_version + 1`,
    [...window, run.observedAt.toISOString()],
  );
}
