// How far each report type of each account reaches, day by day, with its gaps and why they are there.
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead, wholeList } from "../core/query";
import { type TypeFacts, typeFacts } from "./coverage-store";
import { addDays, daysBetween } from "./date-range";
import { keptDays } from "./due-reports";
import { settleDays } from "./metric";
import type { CoverageState, DaySpan, DayState, ReportCoverage } from "./report-contract";
import { type DayRange, type ReportType, type ReportTypeId, reportTypeIds, reportTypes } from "./report-types";
import { readScope, type ScopedAccount } from "./scope";

const usualDays = 95;
const longestDays = 180;

/** Report types by account, in the order in which they are synced. */
export async function listReportCoverage(tx: TxCtx, query: ListQuery): Promise<ListResult<ReportCoverage>> {
  requireRead(tx, "insights.read", "anyBrand");
  const scope = await readScope(tx, {
    brandIds: filterValues(query, "brandId") ?? undefined,
    accountIds: filterValues(query, "accountId") ?? undefined,
  });
  const types = filterValues(query, "type");
  const wanted = scope.accounts.flatMap((account) =>
    reportTypeIds.filter((id) => !types || types.includes(id)).map((id) => ({ account, id })),
  );
  const ids = filterValues(query, "id");
  const pairs = ids ? wanted.filter(({ account, id }) => ids.includes(`${account.id}:${id}`)) : wanted;
  const shown = pairs.slice(query.start, query.start + query.limit);
  const accounts = new Map(shown.map(({ account }) => [account.id, { id: account.id, from: stripOf(account).from }]));
  const facts = await typeFacts(tx, [...accounts.values()]);
  return { items: shown.map(({ account, id }) => coverageOf(account, id, facts)), total: pairs.length };
}

export async function getReportCoverage(tx: TxCtx, id: string): Promise<ReportCoverage> {
  const filters = [{ field: "id", operator: "eq" as const, values: [id] }];
  const { items } = await listReportCoverage(tx, { ...wholeList(1), filters });
  if (!items[0]) throw notFound("The report");
  return items[0];
}

/** The days that are over and of interest: those Amazon keeps, and those of ours that go further back. */
function stripOf({ today, firstDay }: ScopedAccount): DayRange {
  const usual = addDays(today, 1 - usualDays);
  const first = firstDay && firstDay < usual ? firstDay : usual;
  const oldest = addDays(today, -longestDays);
  return { from: first > oldest ? first : oldest, to: addDays(today, -1) };
}

function coverageOf(account: ScopedAccount, id: ReportTypeId, known: ReadonlyMap<string, TypeFacts>): ReportCoverage {
  const type: ReportType = reportTypes[id];
  const facts = known.get(`${account.id}:${id}`);
  const strip = stripOf(account);
  const spans = spansOf(strip, (day) => stateOf(type, day, { today: account.today, facts }), facts);
  const count = (...states: DayState[]) =>
    spans.reduce((sum, { from, to, state }) => sum + (states.includes(state) ? daysBetween(from, to) + 1 : 0), 0);
  return {
    id: `${account.id}:${id}`,
    accountId: account.id,
    accountName: account.name,
    type: id,
    label: type.label,
    period: type.period,
    ...standing(facts, { known: count("final", "settling"), missing: count("missing"), coming: count("coming") }),
    syncedAt: facts?.syncedAt ? new Date(facts.syncedAt).toISOString() : null,
    ...strip,
    zone: account.timeZone,
    spans,
    days: { known: count("final", "settling"), kept: count("final", "settling", "coming", "missing") },
    rejectedRows: facts?.rejectedRows ?? 0,
  };
}

function standing(
  facts: TypeFacts | undefined,
  { known, missing, coming }: { known: number; missing: number; coming: number },
): { state: CoverageState; note: string | null } {
  if (!facts) return { state: "waiting", note: "It comes when the reports before it are here." };
  if (facts.failedNote) return { state: known > 0 ? "gaps" : "refused", note: facts.failedNote };
  if (coming > 0) return { state: "filling", note: facts.openNote };
  if (known === 0) return { state: "waiting", note: null };
  return { state: missing > 0 ? "gaps" : "complete", note: null };
}

function stateOf(type: ReportType, day: string, at: { today: string; facts: TypeFacts | undefined }): DayState {
  const { today, facts } = at;
  if (facts?.asked.has(day)) return daysBetween(day, today) >= settleDays[type.settle] ? "final" : "settling";
  if (day < firstAskable(type, today)) return "lost";
  // Before its first pull a report is not missing anything: all that Amazon keeps is on its way.
  return !facts || facts.open.some(({ from, to }) => from <= day && day <= to) ? "coming" : "missing";
}

/** Of what is asked for by months, only whole ones can be. */
export function firstAskable(type: ReportType, today: string): string {
  const { from } = keptDays(type, today);
  if (type.period === "day" || from.endsWith("-01")) return from;
  return `${addDays(`${from.slice(0, 7)}-01`, 31).slice(0, 7)}-01`;
}

function spansOf({ from, to }: DayRange, stateAt: (day: string) => DayState, facts?: TypeFacts): DaySpan[] {
  const spans: DaySpan[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const state = stateAt(day);
    const askedAt = facts?.asked.get(day) ?? null;
    const last = spans.at(-1);
    if (last?.state !== state) spans.push({ from: day, to: day, state, askedAt });
    else {
      last.to = day;
      if (askedAt && (!last.askedAt || askedAt < last.askedAt)) last.askedAt = askedAt;
    }
  }
  return spans;
}
