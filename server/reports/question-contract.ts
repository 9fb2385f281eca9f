// A question to Amazon, and why Amazon would refuse it: the form says so while it is filled in, the server before it is asked.
import { z } from "zod";
import { type CustomReportType, timeUnits } from "./contract";

const GivenDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "Write a day as 2026-11-20.");
const Words = z.array(z.string().max(80));

export const mostAccounts = 20;

export const Question = z.strictObject({
  name: z.string({ error: "Give the report a name." }).trim().min(1, "Give the report a name.").max(80),
  type: z.string({ error: "Choose a report type." }),
  groupBy: Words.min(1, "Choose what the rows are of.").max(12),
  columns: Words.min(1, "Choose at least one column.").max(400),
  timeUnit: z.enum(timeUnits),
  from: GivenDay,
  to: GivenDay,
  accountIds: z
    .array(z.uuid({ error: "This is not an id." }))
    .min(1, "Choose at least one account.")
    .max(mostAccounts, `At most ${mostAccounts} accounts in one report.`),
});
export type Question = z.infer<typeof Question>;

export type Problems = Partial<Record<keyof Question, string>>;

const dayMs = 86_400_000;
const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMs;
const dayOf = (number: number): string => new Date(number * dayMs).toISOString().slice(0, 10);

/** Columns that Amazon gives with one time unit only. */
const dailyOnly = ["date"];
const summaryOnly = ["intervalStart", "intervalEnd", "startDate", "endDate"];

/** The columns that the type has for these rows. */
export const columnsFor = ({ columns, groupBy }: CustomReportType, chosen: readonly string[]): string[] => [
  ...new Set([...chosen.flatMap((key) => groupBy[key] ?? []), ...columns]),
];

/** Whether the column can be asked for with the time unit. */
export const fitsUnit = (column: string, unit: Question["timeUnit"]): boolean =>
  !(unit === "DAILY" ? summaryOnly : dailyOnly).includes(column);

type Asked = Pick<Question, "groupBy" | "columns" | "timeUnit" | "from" | "to">;

/** Empty where Amazon would take it. @param today in the account's zone */
export function problemsOf(type: CustomReportType, asked: Asked, today: string): Problems {
  const found: [keyof Question, string | null][] = [
    ["groupBy", groupProblem(type, asked)],
    ["timeUnit", unitProblem(type, asked)],
    ["columns", columnProblem(type, asked)],
    ...rangeProblems(type, asked, today),
  ];
  return Object.fromEntries(found.filter(([, problem]) => problem !== null));
}

function groupProblem({ groupBy: known, limits }: CustomReportType, { groupBy }: Asked): string | null {
  const wrong = groupBy.find((key) => !Object.hasOwn(known, key));
  if (wrong) return `${wrong} is not offered for this type; it has ${Object.keys(known).join(", ")}.`;
  if (new Set(groupBy).size < groupBy.length) return "Name each once.";
  const { needsOneOf, combinations } = limits;
  if (needsOneOf && !groupBy.some((key) => needsOneOf.includes(key))) {
    return `Amazon needs ${needsOneOf.join(" or ")} among them for this type.`;
  }
  const same = (one: readonly string[]) => one.length === groupBy.length && one.every((key) => groupBy.includes(key));
  if (combinations && !combinations.some(same)) {
    return `Amazon takes only ${combinations.map((one) => one.join(" with ")).join(", or ")} for this type.`;
  }
  return null;
}

const unitProblem = ({ label, limits }: CustomReportType, { timeUnit }: Asked): string | null =>
  limits.timeUnits.includes(timeUnit)
    ? null
    : `Amazon gives ${label.toLowerCase()} without days only: choose a summary.`;

function columnProblem(type: CustomReportType, { groupBy, columns, timeUnit }: Asked): string | null {
  const offered = columnsFor(type, groupBy);
  const wrong = columns.filter((column) => !offered.includes(column));
  if (wrong.length > 0) return `Not offered for these rows: ${wrong.join(", ")}. Take them out.`;
  if (new Set(columns).size < columns.length) return "Name each column once.";
  const unfit = columns.filter((column) => !fitsUnit(column, timeUnit));
  if (unfit.length === 0) return null;
  const other = timeUnit === "DAILY" ? "a summary" : "days";
  return `Amazon gives ${unfit.join(", ")} with ${other} only. Take ${unfit.length > 1 ? "them" : "it"} out.`;
}

function rangeProblems({ limits }: CustomReportType, { from, to }: Asked, today: string): [keyof Question, string][] {
  const [first, last, now] = [from, to, today].map(dayNumber) as [number, number, number];
  if (Number.isNaN(first)) return [["from", "This is no day."]];
  if (Number.isNaN(last)) return [["to", "This is no day."]];
  if (last < first) return [["to", "The last day comes before the first."]];
  if (last > now) return [["to", `The last day is to come: take ${today} at the latest.`]];
  const problems: [keyof Question, string][] = [];
  const days = last - first + 1;
  if (days > limits.longestRange) {
    problems.push(["to", `These are ${days} days; Amazon gives at most ${limits.longestRange} at once for this type.`]);
  }
  const oldest = dayOf(now + 1 - limits.retention);
  if (from < oldest) {
    problems.push(["from", `Amazon keeps ${limits.retention} days for this type: take ${oldest} at the earliest.`]);
  }
  return problems;
}
