// What can be asked of Amazon: types and limits from the registry of report types, columns as Amazon documents them.
import type { TxCtx } from "../core/context";
import { type ListQuery, type ListResult, requireRead } from "../core/query";
import { type ReportType, reportTypes } from "../insights";
import type { ColumnKind, CustomReportType } from "./contract";
import documented from "./report-columns.json";

interface Documented {
  types: Record<string, string | null>;
  reportTypes: Record<string, { base: string[]; groupBy: Record<string, string[]> }>;
}

const { types, reportTypes: columns } = documented as unknown as Documented;

/** Of contracts 4.1, where a type has rules of its own. */
const rules: Record<string, Partial<Pick<CustomReportType["limits"], "needsOneOf" | "combinations" | "note">>> = {
  dspInventory: { needsOneOf: ["supplySource", "site"] },
  dspReachFrequency: {
    combinations: [["advertiser"], ["advertiser", "supplySource"], ["advertiser", "frequencyGroup"]],
    note: "People reached cannot be added up over rows.",
  },
  dspProduct: { note: "Amazon reports the 500 most active products." },
};

/** Types that Amazon gives without days. */
const summaryOnly = ["dspAudioAndVideo", "conversionPath"];

function typeOf({ label, dialects: { v3 } }: ReportType): CustomReportType[] {
  const known = columns[v3.type];
  if (!known) return [];
  return [
    {
      id: v3.type,
      label,
      adProduct: v3.adProduct ?? "DEMAND_SIDE_PLATFORM",
      columns: known.base,
      groupBy: known.groupBy,
      limits: {
        longestRange: v3.longestRange,
        retention: v3.retention,
        timeUnits: summaryOnly.includes(v3.type) ? ["SUMMARY"] : ["DAILY", "SUMMARY"],
        needsOneOf: null,
        combinations: null,
        note: null,
        ...rules[v3.type],
      },
    },
  ];
}

const known: readonly CustomReportType[] = Object.values(reportTypes).flatMap(typeOf);

export const customReportTypes = (): readonly CustomReportType[] => known;
export const customReportType = (id: string): CustomReportType | null => known.find((one) => one.id === id) ?? null;

export async function listCustomReportTypes(tx: TxCtx, query: ListQuery): Promise<ListResult<CustomReportType>> {
  requireRead(tx, "reports.read", "anyBrand");
  return { items: known.slice(query.start, query.start + query.limit), total: known.length };
}

const aboutMoney =
  /cost|fee|budget|sales|ecp|erpm|cpm|cpa|cpc|roas|value(sum|average)|firststart(sum|average)|price|amount|revenue/i;

/** Whether a column tells of money: an amount, or a ratio with one in it. */
export const tellsMoney = (column: string): boolean => aboutMoney.test(column) && types[column] !== "String";

const isRatio = (column: string): boolean => /roas/i.test(column);
const dayColumns =
  /^(date|intervalStart|intervalEnd|startDate|endDate|orderStartDate|orderEndDate|lineItemStartDate|lineItemEndDate)$/;

/** What the column's values are, as Amazon documents them; what came may say otherwise. */
export function documentedKind(column: string): ColumnKind {
  if (dayColumns.test(column)) return "date";
  if (types[column] === "String" || /(Ids?|[aA]sin)$/.test(column)) return "text";
  if (tellsMoney(column) && !isRatio(column)) return "money";
  return types[column] === "Integer" || types[column] === "Long" ? "integer" : "decimal";
}
