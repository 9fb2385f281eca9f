import type { Advertiser } from "../world/types";
import { REPORT_TYPES } from "./catalog";
import { readerOf } from "./columns";
import type { ReportPlan } from "./plan";
import { SEGMENTS } from "./segments";

/** The parts of a checked Reporting v3 body that decide what is in the file. */
export interface V3Body {
  name?: string;
  startDate: string;
  endDate: string;
  configuration: {
    adProduct: string;
    reportTypeId: string;
    groupBy: string[];
    columns: string[];
    timeUnit: string;
    format: string;
    filters: { field: string; values: string[] }[];
  };
}

const GRAIN: Record<string, "campaign" | "adGroup" | "ad"> = {
  campaign: "campaign",
  order: "campaign",
  ad: "adGroup",
  lineItem: "adGroup",
  creative: "ad",
};

export function planV3(body: V3Body, advertisers: Advertiser[]): ReportPlan {
  const { reportTypeId, groupBy, columns, timeUnit } = body.configuration;
  const segments = SEGMENTS[groupBy.find((key) => key in SEGMENTS) ?? reportTypeId];
  return {
    advertisers,
    startDate: body.startDate,
    endDate: body.endDate,
    daily: timeUnit === "DAILY",
    grain: grainOf(reportTypeId, groupBy),
    segments,
    segmentFields: segments ? segmentFieldsOf(reportTypeId, groupBy, Object.keys(segments[0]?.fields ?? {})) : [],
    columns: columns.map((name) => ({ name, read: readerOf(name) })),
    format: "json.gz",
  };
}

function grainOf(reportTypeId: string, groupBy: string[]): ReportPlan["grain"] {
  // Its base columns name order and line item whatever it is grouped by.
  if (reportTypeId === "dspBidAdjustment") return ["adGroup"];
  return groupBy.flatMap((key) => GRAIN[key] ?? []);
}

/** Fields the columns of the report type can show: its own base columns, and those that a groupBy adds. */
function segmentFieldsOf(reportTypeId: string, groupBy: string[], fields: string[]): string[] {
  const type = REPORT_TYPES[reportTypeId];
  const shown = new Set([...(type?.base ?? []), ...groupBy.flatMap((key) => type?.groupBy[key] ?? [])]);
  return fields.filter((field) => shown.has(field));
}
