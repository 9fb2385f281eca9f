import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// The report types of Reporting v3 for DSP: documented columns (data/dsp-report-columns.json) and limits (contracts.md 4.1).

interface ColumnsFile {
  types: Record<string, "Integer" | "Decimal" | "String" | "Long" | null>;
  reportTypes: Record<string, { base: string[]; groupBy: Record<string, string[]> }>;
}

const file = JSON.parse(
  readFileSync(fileURLToPath(new URL("../data/dsp-report-columns.json", import.meta.url)), "utf8"),
) as ColumnsFile;

export interface ReportType {
  id: string;
  adProduct: "DEMAND_SIDE_PLATFORM" | "ALL";
  base: string[];
  groupBy: Record<string, string[]>;
  /** longest range and oldest first day, in days */
  spanDays: number;
  retentionDays: number;
  timeUnits: readonly string[];
  /** at least one of these must be grouped by */
  needsOneOf?: readonly string[];
  /** the only combinations allowed */
  combinations?: readonly (readonly string[])[];
}

type Rule = Partial<Omit<ReportType, "id" | "base" | "groupBy">>;

const RULES: Record<string, Rule> = {
  dspInventory: { needsOneOf: ["supplySource", "site"] },
  dspReachFrequency: {
    combinations: [["advertiser"], ["advertiser", "supplySource"], ["advertiser", "frequencyGroup"]],
  },
  dspBidAdjustment: { retentionDays: 395 },
  dspAudioAndVideo: { spanDays: 395, retentionDays: 395, timeUnits: ["SUMMARY"] },
  conversionPath: { adProduct: "ALL", spanDays: 90, timeUnits: ["SUMMARY"] },
};

export const REPORT_TYPES: Record<string, ReportType> = Object.fromEntries(
  Object.entries(file.reportTypes).map(([id, columns]) => [
    id,
    {
      id,
      adProduct: "DEMAND_SIDE_PLATFORM",
      spanDays: 31,
      retentionDays: 95,
      timeUnits: ["DAILY", "SUMMARY"],
      ...columns,
      ...RULES[id],
    },
  ]),
);

export const columnType = (column: string): "Integer" | "Decimal" | "String" | "Long" | null =>
  file.types[column] ?? null;

export function columnsOf(type: ReportType, groupBy: readonly string[]): Set<string> {
  return new Set([...type.base, ...groupBy.flatMap((key) => type.groupBy[key] ?? [])]);
}
