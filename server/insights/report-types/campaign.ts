// Campaign performance by day, ad group and creative. Amazon's reports still say order and line item.
import { z } from "zod";
import type { Row } from "../../amazon";
import { AmazonId } from "../../amazon";
import { type SourceColumn, sourceColumns } from "../metric";
import { metricIds } from "../metrics";
import { type Amount, countOf, microsOf } from "./amounts";
import { BadRow, type Fact, parsed, reportType } from "./define";

interface Source {
  v3: string;
  legacy: string;
  unit: "count" | "money";
}

const count = (v3: string, legacy: string): Source => ({ v3, legacy, unit: "count" });
const money = (v3: string, legacy: string): Source => ({ v3, legacy, unit: "money" });

/** Amazon's names of the stored columns (old to new: Amazon's migration guide for DSP reporting). */
const sources: Record<SourceColumn, Source> = {
  impressions: count("impressions", "impressions"),
  viewableImpressions: count("viewableImpressions", "viewableImpressions"),
  measurableImpressions: count("measurableImpressions", "measurableImpressions"),
  clicks: count("clicks", "clickThroughs"),
  totalCost: money("totalCost", "totalCost"),
  supplyCost: money("supplyCost", "supplyCost"),
  audienceFee: money("amazonDSPAudienceFee", "amazonAudienceFee"),
  consoleFee: money("amazonDSPConsoleFee", "amazonPlatformFee"),
  detailPageViews: count("detailPageViews", "dpv14d"),
  addToCart: count("addToCart", "atc14d"),
  purchases: count("purchases", "purchases14d"),
  unitsSold: count("unitsSold", "unitsSold14d"),
  sales: money("sales", "sales14d"),
  newToBrandPurchases: count("newToBrandPurchases", "newToBrandPurchases14d"),
  newToBrandSales: money("newToBrandProductSales", "newToBrandProductSales14d"),
  totalPurchases: count("totalPurchases", "totalPurchases14d"),
  totalUnitsSold: count("totalUnitsSold", "totalUnitsSold14d"),
  totalSales: money("totalSales", "totalSales14d"),
  offAmazonConversions: count("offAmazonConversions", "totalPixel14d"),
  brandSearches: count("brandSearches", "brandSearch14d"),
  videoStarts: count("videoAdStart", "videoStart"),
  videoCompletes: count("videoAdComplete", "videoComplete"),
};

const columns = sourceColumns.map((column) => sources[column]);
const metricColumns = columns.map((source) => source.v3);
const describing = ["creativeName", "creativeType", "creativeSize"];
const identifying = ["date", "orderId", "orderCurrency", "lineItemId", "creativeId"];

const day = /^\d{4}-\d{2}-\d{2}$/;
const text = z.string().nullish();
/** What a row says of itself; the numbers are read by `toFacts`. */
export const CampaignRow = z.looseObject({
  date: z.union([z.string().regex(day, "is not a day"), z.int()]),
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
  typeof row.date === "string" &&
  day.test(row.date) &&
  isId(row.orderId) &&
  isId(row.lineItemId) &&
  isId(row.creativeId) &&
  isText(row.orderCurrency) &&
  isText(row.creativeName) &&
  isText(row.creativeType) &&
  isText(row.creativeSize);

const read = (row: Row): CampaignRow => (isPlain(row) ? row : parsed(CampaignRow, row));

/** The older dialect sends days as epoch milliseconds of their midnight in UTC. */
const dayOf = (date: string | number): string =>
  typeof date === "string" ? date : new Date(date).toISOString().slice(0, 10);

function amountOf({ v3, unit }: Source, value: unknown): Amount {
  if (value === null || value === undefined || value === "") return 0;
  const read = unit === "money" ? microsOf : countOf;
  const amount = typeof value === "number" || typeof value === "string" ? read(value) : null;
  if (amount === null) throw new BadRow(`${v3}: not ${unit === "money" ? "an amount" : "a whole number"}`);
  return amount;
}

const legacyNames: [legacy: string, v3: string][] = [
  ...columns.map(({ legacy, v3 }): [string, string] => [legacy, v3]),
  ["creativeID", "creativeId"],
];

function fromLegacy(row: Row): Row {
  const renamed: Row = { ...row };
  for (const [legacy, v3] of legacyNames) if (legacy in row) renamed[v3] = row[legacy];
  return renamed;
}

function toFacts(row: CampaignRow, currency: string): Fact[] {
  if (row.orderCurrency && row.orderCurrency !== currency) {
    throw new BadRow(`orderCurrency: ${row.orderCurrency} is not the account's ${currency}`);
  }
  return [
    {
      day: dayOf(row.date),
      campaignId: row.orderId,
      adGroupId: row.lineItemId,
      creativeId: row.creativeId,
      currency,
      creative: { name: row.creativeName ?? "", kind: row.creativeType ?? "", size: row.creativeSize ?? "" },
      values: columns.map((source) => amountOf(source, row[source.v3])),
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
  grain: ["day", "campaign", "adGroup", "creative"],
  dimensions: ["campaign", "adGroup", "creative"],
  metrics: metricIds,
  fromLegacy,
  read,
  toFacts,
});
