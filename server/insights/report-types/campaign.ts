// Campaign performance by day, ad group and creative. Amazon's reports still say order and line item.
import { z } from "zod";
import type { Row } from "../../amazon";
import { AmazonId } from "../../amazon";
import { sourceColumns } from "../metric";
import { metricIds } from "../metrics";
import { type Fact, parsed, reportType } from "./define";
import { amountOf, dayOf, isReportDay, ReportDay, renamed, requireCurrency, sources } from "./sources";

const columns = sourceColumns.map((column) => sources[column]);
const metricColumns = columns.map((source) => source.v3);
const describing = ["creativeName", "creativeType", "creativeSize"];
const identifying = ["date", "orderId", "orderCurrency", "lineItemId", "creativeId"];

const text = z.string().nullish();
/** What a row says of itself; the numbers are read by `toFacts`. */
export const CampaignRow = z.looseObject({
  date: ReportDay,
  orderId: AmazonId,
  lineItemId: AmazonId,
  creativeId: AmazonId,
  orderCurrency: text,
  creativeName: text,
  creativeType: text,
  creativeSize: text,
});
type CampaignRow = z.output<typeof CampaignRow>;

const isId = (value: unknown) => typeof value === "string" && value !== "";
const isText = (value: unknown) => typeof value === "string" || value === null || value === undefined;

/** Fits `CampaignRow` as it is, as nearly all rows do: parsing these would only copy them, at a third of the cost of an import. */
const isPlain = (row: Row): row is CampaignRow =>
  isReportDay(row.date) &&
  isId(row.orderId) &&
  isId(row.lineItemId) &&
  isId(row.creativeId) &&
  isText(row.orderCurrency) &&
  isText(row.creativeName) &&
  isText(row.creativeType) &&
  isText(row.creativeSize);

const read = (row: Row): CampaignRow => (isPlain(row) ? row : parsed(CampaignRow, row));

const legacyNames: [legacy: string, v3: string][] = [
  ...columns.map(({ legacy, v3 }): [string, string] => [legacy, v3]),
  ["creativeID", "creativeId"],
];

function toFacts(row: CampaignRow, currency: string): Fact[] {
  requireCurrency(row.orderCurrency, currency);
  return [
    {
      day: dayOf(row.date),
      campaignId: row.orderId,
      adGroupId: row.lineItemId,
      creativeId: row.creativeId,
      segment: "",
      currency,
      creative: { name: row.creativeName ?? "", kind: row.creativeType ?? "", size: row.creativeSize ?? "" },
      values: columns.map((source) => amountOf(source, row[source.v3])),
      extra: null,
    },
  ];
}

export const campaignReport = reportType({
  id: "campaign",
  label: "Campaign performance",
  dialects: {
    v3: {
      type: "dspCampaign",
      groupBy: ["campaign", "ad", "creative"],
      columns: [...identifying, ...describing, ...metricColumns],
      longestRange: 31,
      retention: 95,
    },
    legacy: {
      type: "CAMPAIGN",
      groupBy: ["ORDER", "LINE_ITEM", "CREATIVE"],
      // A dimension's own fields come by themselves; asking for them is an error.
      columns: columns.map((source) => source.legacy),
      longestRange: 31,
      retention: 90,
    },
  },
  period: "day",
  settle: "conversions",
  dimensions: [{ id: "weekday", label: "Weekday", by: ["weekday"], ofDays: true }],
  ofCampaigns: true,
  metrics: metricIds,
  fromLegacy: (row) => renamed(row, legacyNames),
  read,
  toFacts,
});
