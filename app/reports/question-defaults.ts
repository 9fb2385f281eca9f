// What a question begins with.
import type { CustomReportType } from "#server/reports/contract";
import { columnsFor, fitsUnit, type Question } from "#server/reports/question-contract";

const usual = ["orderId", "orderName", "impressions", "clicks", "totalCost", "purchases", "sales"];

/** Of the usual columns those that the type has for these rows, after what the rows are of. */
export const usualColumns = (type: CustomReportType, { groupBy, timeUnit }: Pick<Question, "groupBy" | "timeUnit">) => {
  const offered = columnsFor(type, groupBy).filter((column) => fitsUnit(column, timeUnit));
  const added = groupBy.flatMap((key) => type.groupBy[key] ?? []);
  const named = added.filter((column) => column.endsWith("Name") || Object.hasOwn(type.groupBy, column));
  const chosen = [...new Set(["date", ...named, ...usual])].filter((column) => offered.includes(column));
  return chosen.length > 0 ? chosen : offered.slice(0, 8);
};

export function beginWith(type: CustomReportType): Pick<Question, "type" | "groupBy" | "timeUnit" | "columns"> {
  const { combinations, needsOneOf, timeUnits } = type.limits;
  const [first = ""] = combinations?.[0] ?? needsOneOf ?? Object.keys(type.groupBy);
  const groupBy = combinations?.[0] ?? [first];
  const timeUnit = timeUnits[0] ?? "SUMMARY";
  return { type: type.id, groupBy, timeUnit, columns: usualColumns(type, { groupBy, timeUnit }) };
}
