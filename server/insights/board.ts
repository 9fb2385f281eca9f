// What every dashboard has, whatever it is of: tiles, days and a funnel for each currency, and how settled they are.
import type { TxCtx } from "../core/context";
import { reachFacts } from "./breakdown-store";
import type { Freshness, Range, Reached, Section, SettledByRule } from "./contract";
import { addDays } from "./date-range";
import { inCurrency } from "./in-currency";
import { daySums, knownDays } from "./kpi-store";
import { lastLearnt } from "./maturity-store";
import { readLearnt } from "./outlook";
import { isWhole, type Within } from "./part";
import { remembered } from "./remember";
import { type DayRange, reportTypes } from "./report-types";
import { sectionsOf } from "./section";

export interface Board {
  range: Range;
  freshness: Freshness;
  settled: SettledByRule;
  reach: Reached;
  sections: Section[];
}

/** The days as they are stored, or in the one currency that they are seen in. */
export async function readBoard(tx: TxCtx, within: Within): Promise<Board> {
  const asked = [within.part, await lastLearnt(tx)];
  return remembered(tx, { name: "board", scope: within.scope, asked }, () => workOut(tx, within));
}

async function workOut(tx: TxCtx, { scope, part }: Within): Promise<Board> {
  const [sums, answered, reach] = await Promise.all([
    daySums(tx, scope, part),
    knownDays(tx, scope),
    readReach(tx, { scope, part }),
  ]);
  const learnt = await readLearnt(tx, scope.accounts, answered);
  const { range, freshness, settled } = scope;
  const shown = inCurrency({ scope, sums });
  return { range, freshness, settled, reach, sections: sectionsOf(shown.scope, shown.sums, { ...shown, learnt }) };
}

/** People cannot be added over months or advertisers, and are not counted by campaign. */
async function readReach(tx: TxCtx, { scope, part }: Within): Promise<Reached> {
  const { accounts, at, range } = scope;
  if (!isWhole(part)) return { value: null, why: "part" };
  if (accounts.length > 1) return { value: null, why: "advertisers" };
  if (!isOneMonth(range)) return { value: null, why: "days" };
  const [fact] = await reachFacts(tx, { accounts, at }, reportTypes.reachFrequency.id);
  return fact?.reach == null ? { value: null, why: "unreported" } : { value: Number(fact.reach), why: null };
}

const isOneMonth = ({ from, to }: DayRange): boolean =>
  from.endsWith("-01") && addDays(to, 1).endsWith("-01") && from.slice(0, 7) === to.slice(0, 7);
