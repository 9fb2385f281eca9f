// What the numbers of a range are expected to become, and how much of that is seen: learnt curves over the days of each account.
import type { TxCtx } from "../core/context";
import type { Maturity } from "./contract";
import { dayIn, daysBetween, shareOfDay } from "./date-range";
import type { AnsweredDays, DaySums } from "./kpi-store";
import { type Aged, bandsOf, type Expected, expectedFinal, knowsFrom } from "./maturity";
import { agencyCurves, type Curves, curvesOf } from "./maturity-store";
import { finalAge, type SourceColumn, settleOf } from "./metric";
import { type MetricId, type MetricValue, metricOf } from "./metrics";
import type { ScopedAccount } from "./scope";

/** The curves that answer for each account, and when each of its days was last asked for. */
export interface Learnt {
  curves: Map<string, Curves>;
  answered: AnsweredDays;
}

/** An account that is too young to have shown how its days grow is judged by the agency's others. */
export async function readLearnt(
  tx: TxCtx,
  accounts: readonly ScopedAccount[],
  answered: AnsweredDays,
): Promise<Learnt> {
  const ids = accounts.map(({ id }) => id);
  const curves = await curvesOf(tx, ids);
  const young = ids.filter((id) => !isOldEnough(curves.get(id)));
  if (young.length > 0) {
    const shared = await agencyCurves(tx);
    for (const id of young) curves.set(id, shared);
  }
  return { curves, answered };
}

const isOldEnough = (curves: Curves | undefined): boolean =>
  curves?.impressions !== undefined && knowsFrom(curves.impressions, 1);

/** Sums of one day and account. */
export interface Part {
  account: ScopedAccount;
  day: string;
  /** When Amazon was last asked for it: whole days after the day, with the share of the day that was over for the day after. */
  age: number;
  sums: DaySums["sums"];
}

/** One account's days of a column, of which some may still grow. */
interface Growing {
  curves: Curves;
  days: Part[];
}

/** Null where a day is not over yet, or its growth is not known: nothing is expected of the whole then. */
function growingOf(parts: readonly Part[], { curves }: Learnt): Growing[] | null {
  const byAccount = new Map<string, Growing>();
  for (const part of parts) {
    const { account, age } = part;
    if (age < 1) return null;
    const own = byAccount.get(account.id) ?? { curves: curves.get(account.id) ?? {}, days: [] };
    own.days.push(part);
    byAccount.set(account.id, own);
  }
  return [...byAccount.values()];
}

/** Worked out once for each day: reckoning with zones costs more than the sums. */
export function ageOf({ id, timeZone: zone }: ScopedAccount, day: string, { answered }: Learnt): number {
  const asked = answered.get(id)?.get(day);
  if (!asked) return 0;
  const whole = daysBetween(day, dayIn(zone, asked));
  return whole === 1 ? whole + shareOfDay(zone, asked) : whole;
}

interface ColumnOutlook extends Expected {
  settled: number;
  scale80: number;
  scale95: number;
}

function columnOutlook(growing: readonly Growing[], column: SourceColumn): ColumnOutlook | null {
  const final = finalAge[settleOf(column)];
  let [seen, value, variance, scale80, scale95] = [0, 0, 0, 0, 0];
  for (const { curves, days } of growing) {
    const curve = curves[column];
    const aged = days.map(({ sums, age }): Aged => ({ value: Number(sums[column]), age: Math.min(age, final) }));
    const youngest = Math.min(...aged.map(({ age }) => age));
    if (youngest < final && !(curve && knowsFrom(curve, youngest))) return null;
    const sum = aged.reduce((total, one) => total + one.value, 0);
    const own = curve ? expectedFinal(curve, aged) : { value: sum, spread: 0 };
    seen += sum;
    value += own.value;
    variance += own.value ** 2 * Math.expm1(own.spread ** 2);
    scale80 += own.value * (curve?.scale80 ?? 1);
    scale95 += own.value * (curve?.scale95 ?? 1);
  }
  if (value === 0) return { value: 0, spread: 0, settled: 1, scale80: 1, scale95: 1 };
  const spread = Math.sqrt(Math.log1p(variance / value ** 2));
  return { value, spread, settled: Math.min(1, seen / value), scale80: scale80 / value, scale95: scale95 / value };
}

/** @returns null where nothing was learnt of the days, or all of them are final */
export function outlookOf(id: MetricId, parts: readonly Part[], learnt: Learnt): Maturity | null {
  const growing = growingOf(parts, learnt);
  const { source, unit } = metricOf(id);
  const [over, under, times] =
    typeof source === "string" ? [source, null, 1] : [source.over, source.under, source.times ?? 1];
  const top = growing && columnOutlook(growing, over);
  const base = growing && under ? columnOutlook(growing, under) : null;
  if (!top || (under && !base)) return null;
  if (base && base.value === 0) return null;
  const value = (top.value * times) / (base?.value ?? 1);
  const spread = Math.hypot(top.spread, base?.spread ?? 0);
  const wire = (one: number): MetricValue =>
    unit === "money" ? BigInt(Math.round(one)).toString() : unit === "count" ? Math.round(one) : one;
  // The wider part says how far its band had to be widened.
  const { band80, band95 } = bandsOf({ value, spread }, base && base.spread > top.spread ? base : top);
  return {
    settled: Math.min(top.settled, base?.settled ?? 1),
    basis: "learnt",
    expected: wire(value),
    band80: [wire(band80[0]), wire(band80[1])],
    band95: [wire(band95[0]), wire(band95[1])],
  };
}
