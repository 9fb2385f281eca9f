import type { Advertiser } from "../world/types";
import { LEGACY_DEFAULTS, LEGACY_TYPES, legacyMetric, legacyReader } from "./legacy-catalog";
import type { ReportPlan } from "./plan";
import { SEGMENTS } from "./segments";

/** A checked body of the older DSP report, defaults filled in. */
export interface LegacyBody {
  startDate: string;
  endDate: string;
  type: string;
  dimensions: string[];
  metrics: string[];
  timeUnit: string;
  format: string;
  orderIds?: string[] | undefined;
}

const GRAIN: Record<string, "campaign" | "adGroup" | "ad"> = {
  ORDER: "campaign",
  LINE_ITEM: "adGroup",
  CREATIVE: "ad",
};

const MOST_ROWS = 250_000;

export function planLegacy(body: LegacyBody, advertisers: Advertiser[]): ReportPlan {
  const type = LEGACY_TYPES[body.type];
  const segments = type?.segments === undefined ? undefined : SEGMENTS[type.segments];
  const dimensionFields = body.dimensions.flatMap((dimension) => LEGACY_DEFAULTS[dimension] ?? []);
  const fields = Object.keys(segments?.[0]?.fields ?? {});
  const wholeSegment = body.type === "AUDIENCE" || body.type === "PRODUCTS";
  const shown = dimensionFields.map(([, column]) => column).filter((column) => fields.includes(column));
  const segmentFields = wholeSegment ? fields : shown;
  const times: [string, string][] =
    body.timeUnit === "DAILY"
      ? [["date", "date"]]
      : [
          ["intervalStart", "intervalStart"],
          ["intervalEnd", "intervalEnd"],
        ];
  const names: [string, string][] = [
    ...times,
    ["advertiserName", "advertiserName"],
    ["advertiserId", "advertiserId"],
    ["entityId", "entityId"],
    ...dimensionFields,
    ...(wholeSegment ? fields.map((field): [string, string] => [field, field]) : []),
    ...body.metrics.map((metric): [string, string] => [metric, legacyMetric(metric) ?? metric]),
  ];
  return {
    advertisers,
    startDate: body.startDate,
    endDate: body.endDate,
    daily: body.timeUnit === "DAILY",
    grain: body.dimensions.flatMap((dimension) => GRAIN[dimension] ?? []),
    campaignIds: body.orderIds,
    segments,
    segmentFields,
    columns: names.map(([name, column]) => ({ name, read: legacyReader(column) })),
    format: body.format === "CSV" ? "csv" : "json",
    rowLimit: MOST_ROWS,
  };
}
