// What the report types that split delivery have in common: rows of an order and of values of the type's own columns.
import { z } from "zod";
import type { Row } from "../../amazon";
import { AmazonId } from "../../amazon";
import { type SettleRule, type SourceColumn, sourceColumns } from "../metric";
import { type MetricId, metricIds, metricOf } from "../metrics";
import { countOf, microsOf } from "./amounts";
import {
  BadRow,
  type Dialect,
  type Dimension,
  type Extra,
  type Fact,
  parsed,
  type ReportType,
  reportType,
} from "./define";
import { amountOf, dayOf, ReportDay, renamed, requireCurrency, type Source, sources } from "./sources";

/** A column of the type's own. */
export interface Field {
  v3: string;
  /** What the older dialect calls it, where it calls it otherwise. */
  legacy?: string;
  /** `id` and `text` are text; numbers are kept as sent, and checked. */
  kind: "id" | "text" | "count" | "decimal";
}

type Asked = Pick<Dialect, "type" | "groupBy"> & Partial<Dialect>;

export interface BreakdownSpec {
  id: string;
  label: string;
  period?: ReportType["period"];
  settle?: SettleRule;
  /** Entities that its rows name. */
  entities?: readonly ("order" | "lineItem")[];
  /** Which of the stored columns it has; where Amazon has another name for one here, that name. */
  columns: readonly SourceColumn[];
  named?: Partial<Record<SourceColumn, string>>;
  /** What tells its rows apart beyond day and entities, in the order in which `segment` has them. */
  segment: readonly Field[];
  /** Its other columns: kept, never added. */
  also?: readonly Field[];
  dimensions?: readonly Dimension[];
  v3: Asked;
  /** Null where the older report has no such type, or has it without days. */
  legacy: Asked | null;
  /** Whether its rows can say the order's currency. */
  currency?: boolean;
  /** The column that says which day a row is of. */
  dayColumn?: string;
}

export const field = (v3: string, legacy?: string): Field => ({ v3, legacy, kind: "text" });

const text = z.string().nullish();

export function breakdownReport(spec: BreakdownSpec): ReportType {
  const { id, label, period = "day", settle = "conversions", segment, also = [], dimensions = [] } = spec;
  const { entities = ["order"], columns, currency: saysCurrency = true, dayColumn = "date" } = spec;
  const read: Source[] = columns.map((column) => ({
    ...sources[column],
    v3: spec.named?.[column] ?? sources[column].v3,
  }));
  const sourceOf = new Map(columns.map((column, index) => [column, read[index]]));
  const fields = [...segment, ...also];
  const Shape = z.looseObject({
    [dayColumn]: ReportDay,
    ...(entities.includes("order") ? { orderId: AmazonId, orderCurrency: text } : {}),
    ...(entities.includes("lineItem") ? { lineItemId: AmazonId } : {}),
  });
  const asked = [
    dayColumn,
    ...(entities.includes("order") ? ["orderId", ...(saysCurrency ? ["orderCurrency"] : [])] : []),
    ...(entities.includes("lineItem") ? ["lineItemId"] : []),
    ...fields.map((one) => one.v3),
    ...read.map((one) => one.v3),
  ];
  const legacyNames = [...read, ...fields].flatMap((one) => (one.legacy ? [[one.legacy, one.v3] as const] : []));

  function toFacts(row: Row, currency: string): Fact[] {
    requireCurrency(row.orderCurrency as string | null | undefined, currency);
    const extra: Extra = Object.fromEntries(fields.map((one) => [one.v3, extraOf(one, row[one.v3])]));
    const own = segment.map((one) => extra[one.v3] ?? "");
    return [
      {
        day: dayOf(row[dayColumn] as string | number),
        campaignId: entities.includes("order") ? String(row.orderId) : "",
        adGroupId: entities.includes("lineItem") ? String(row.lineItemId) : "",
        creativeId: "",
        segment: segment.length > 0 ? JSON.stringify(own) : "",
        currency,
        creative: { name: "", kind: "", size: "" },
        values: sourceColumns.map((column) => {
          const source = sourceOf.get(column);
          return source ? amountOf(source, row[source.v3]) : 0;
        }),
        extra: fields.length > 0 ? extra : null,
      },
    ];
  }

  return reportType<Row>({
    id,
    label,
    period,
    settle,
    dimensions,
    ofCampaigns: entities.includes("order"),
    metrics: answered(columns),
    dialects: {
      v3: { columns: asked, longestRange: 31, retention: 95, ...spec.v3 },
      legacy: spec.legacy && {
        columns: read.map((one) => one.legacy),
        longestRange: 31,
        retention: 90,
        ...spec.legacy,
      },
    },
    fromLegacy: (row) => renamed(row, legacyNames),
    read: (row) => parsed(Shape, row),
    toFacts,
  });
}

/** Metrics whose columns are all there. */
const answered = (columns: readonly SourceColumn[]): MetricId[] =>
  metricIds.filter((id) => {
    const { source } = metricOf(id);
    const needed = typeof source === "string" ? [source] : [source.over, source.under];
    return needed.every((column) => columns.includes(column));
  });

function extraOf({ v3, kind }: Field, value: unknown): string | number | null {
  if (value === null || value === undefined || value === "") return kind === "count" || kind === "decimal" ? null : "";
  if (typeof value !== "string" && typeof value !== "number") throw new BadRow(`${v3}: neither text nor a number`);
  if (kind === "count" && countOf(value) === null) throw new BadRow(`${v3}: not a whole number`);
  if (kind === "decimal" && microsOf(value) === null) throw new BadRow(`${v3}: not a number`);
  return kind === "count" || kind === "decimal" ? value : String(value);
}

const traffic: SourceColumn[] = ["impressions", "viewableImpressions", "clicks", "totalCost"];
const results: SourceColumn[] = ["detailPageViews", "addToCart", "purchases"];
const sold: SourceColumn[] = ["unitsSold", "sales", "newToBrandPurchases", "newToBrandSales"];
/** Columns that technology and geography have both. */
export const deliveryColumns: SourceColumn[] = [
  ...traffic,
  ...results,
  ...sold,
  "totalSales",
  "offAmazonConversions",
  "brandSearches",
  "videoStarts",
  "videoCompletes",
];
