// Holds an answer against the DSP's reports of the same advertisers and days: how much thresholds hid, and what else is apart.
import type { TxCtx } from "../core/context";
import { decimalDigits, describeTotal, type ReportTotals, readReportTotals } from "../insights";
import type { InstanceAdvertiser } from "./contract";
import type { OpenExecution } from "./execution-store";
import { provedColumns } from "./find-template";
import { accountsOfAdvertisers } from "./instance-store";
import { isAdditive } from "./result-columns";
import type { ReconciledMeasure, Reconciliation, ResultColumn } from "./result-contract";
import type { ResultRow } from "./result-store";
import type { OutputColumn } from "./template-contract";

type Reported = ResultColumn & { reported: NonNullable<OutputColumn["reported"]> };

/** @param moneyHidden whether the reader may not see the money of the answer */
export async function reconcileResult(
  tx: TxCtx,
  { execution, instance }: OpenExecution,
  { result, moneyHidden }: { result: ResultRow; moneyHidden: boolean },
): Promise<Reconciliation> {
  const proved = provedColumns(execution);
  const columns = reportedColumns(result.columns, proved);
  const seen = columns.filter(({ noMoney }) => noMoney || !moneyHidden);
  const advertisers = instance.advertisers.filter(({ type }) => type === "DISPLAY");
  const obstacle = obstacleBefore({ columns, seen, isSynthetic: instance.type === "SANDBOX", advertisers });
  if (obstacle) return nothing([obstacle]);
  const campaignIds = campaignsOf(execution);
  const { totals, unseen } = await totalsOf(tx, advertisers, {
    days: { from: execution.windowFrom, to: execution.windowTo },
    campaignIds,
  });
  const obstacles = [...unseen, ...totals.gaps.map(gapWords)];
  if (obstacles.length > 0) return nothing(obstacles);
  const compared = seen.map((column) => compare(column, result, totals));
  const measures = compared.flatMap((one) => ("column" in one ? one : []));
  const isApart = measures.some(({ rest }) => rest !== 0);
  return {
    measures,
    obstacles: compared.flatMap((one) => ("obstacle" in one ? one.obstacle : [])),
    reasons: isApart ? reasonsFor({ columns: seen, totals, isProved: proved.length > 0, execution, result }) : [],
    reports: {
      advertisers: totals.accounts.map(({ name }) => name),
      campaigns: campaignIds?.length ?? null,
      freshness: totals.freshness,
      settled: totals.settled,
    },
  };
}

const nothing = (obstacles: string[]): Reconciliation => ({ measures: [], obstacles, reasons: [], reports: null });

/** A built-in question says anew what its columns are: answers that were stored before it did are compared too. */
const reportedColumns = (columns: readonly ResultColumn[], proved: readonly OutputColumn[]): Reported[] =>
  columns.flatMap((column) => {
    const reported = proved.find(({ name }) => name === column.name)?.reported ?? column.reported;
    return reported && isAdditive(column) ? [{ ...column, reported }] : [];
  });

interface Before {
  columns: readonly Reported[];
  seen: readonly Reported[];
  isSynthetic: boolean;
  advertisers: readonly InstanceAdvertiser[];
}

function obstacleBefore({ columns, seen, isSynthetic, advertisers }: Before): string | null {
  if (columns.length === 0) return "No column of this answer adds up to a measure of the DSP's reports.";
  if (seen.length === 0) return "What could be compared may be money, which your role does not see for this brand.";
  if (isSynthetic) return "The instance holds synthetic data of Amazon's, of which there are no reports.";
  return advertisers.length === 0 ? "No DSP advertiser is attached to the instance." : null;
}

/** Of the one parameter that narrows an answer to campaigns; undefined: all of them. */
function campaignsOf({ question, values }: OpenExecution["execution"]): string[] | undefined {
  const [parameter, more] = question.parameters.filter(({ from }) => from === "campaigns");
  const chosen = parameter && !more ? values[parameter.name] : undefined;
  return Array.isArray(chosen) && chosen.length > 0 ? chosen : undefined;
}

async function totalsOf(
  tx: TxCtx,
  advertisers: readonly InstanceAdvertiser[],
  about: { days: { from: string; to: string }; campaignIds: string[] | undefined },
) {
  const ids = advertisers.map(({ id }) => id);
  const known = await accountsOfAdvertisers(tx, ids);
  const totals = await readReportTotals(tx, { accountIds: known.map(({ id }) => id), ...about });
  const read = new Set(totals.accounts.map(({ id }) => id));
  const found = new Set(known.filter(({ id }) => read.has(id)).map(({ amazonId }) => amazonId));
  const unseen = advertisers.filter(({ id }) => !found.has(id)).map(({ name }) => name);
  return {
    totals,
    unseen:
      unseen.length > 0
        ? [`There are no reports that you may see of ${unseen.join(", ")}: connect an Amazon user who reaches them.`]
        : [],
  };
}

const gapWords = ({ name, days }: ReportTotals["gaps"][number]): string =>
  `${days === 1 ? "One" : days} of the days ${days === 1 ? "has" : "have"} no report of ${name}: Data sync says which are held.`;

function compare(
  { name, label, reported: id }: Reported,
  { suppressed }: ResultRow,
  { sums, accounts, moneyHidden }: ReportTotals,
): ReconciledMeasure | { obstacle: string } {
  const { label: measure, money, value: reported } = describeTotal(id, sums);
  const currencies = [...new Set([...accounts, ...sums].map(({ currency }) => currency))];
  if (money && moneyHidden) return { obstacle: `${label}: your role does not see the money of these advertisers.` };
  if (money && currencies.length > 1) {
    return { obstacle: `${label}: reported in ${currencies.join(" and ")}, which cannot be added up.` };
  }
  const sum = suppressed.measures.find(({ column }) => column === name);
  const shown = rounded(sum?.shown ?? 0, microDigits);
  const hidden = suppressed.known ? rounded(sum?.hidden ?? 0, microDigits) : null;
  // AMC keeps parts of a cent that reports round away.
  const digits = money ? decimalDigits(currencies[0] ?? "") : 0;
  return {
    column: name,
    measure,
    currency: money ? (currencies[0] ?? null) : null,
    shown,
    hidden,
    reported,
    difference: rounded(reported - shown, digits),
    rest: rounded(reported - shown - (hidden ?? 0), digits),
  };
}

/** Sums of doubles carry dust. */
const microDigits = 6;
const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits || 0;

interface Apart {
  columns: readonly Reported[];
  totals: ReportTotals;
  isProved: boolean;
  execution: OpenExecution["execution"];
  result: ResultRow;
}

function reasonsFor({ columns, totals, isProved, execution: { timeZone }, result }: Apart): string[] {
  const rules = columns.map(({ reported }) => describeTotal(reported, totals.sums).settle);
  const { freshness, settled } = totals;
  const isMoving = rules.some((rule) => settled[rule].until !== null);
  const zones = freshness.zones.filter((zone) => zone !== timeZone);
  return [
    ...(result.suppressed.known ? [] : ["What thresholds hid is not known: it is part of the rest."]),
    ...(zones.length > 0
      ? [`Days of the run are those of ${timeZone}, of the reports those of ${zones.join(", ")}: nights fall apart.`]
      : []),
    ...(isMoving ? ["Amazon may still correct the reports of these days."] : []),
    ...(rules.includes("conversions")
      ? ["Purchases come up to 14 days after their ad: reports add them to its day, the answer has those AMC knew of."]
      : []),
    "AMC knew what had happened two days before the run; the reports are as they were last asked for.",
    "Advertisers attached to the instance since the run are in the reports and not in the answer.",
    ...(isProved ? [] : ["The SQL is not that of a built-in question: it may leave out or count what reports do not."]),
  ];
}
