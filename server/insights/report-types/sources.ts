// Amazon's names of the stored columns, and how a value of theirs becomes an amount (old to new: Amazon's migration guide for DSP reporting).
import { z } from "zod";
import type { Row } from "../../amazon";
import type { SourceColumn } from "../metric";
import { type Amount, countOf, microsOf } from "./amounts";
import { BadRow } from "./define";

export interface Source {
  v3: string;
  legacy: string;
  unit: "count" | "money";
}

const count = (v3: string, legacy: string): Source => ({ v3, legacy, unit: "count" });
const money = (v3: string, legacy: string): Source => ({ v3, legacy, unit: "money" });

export const sources: Record<SourceColumn, Source> = {
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

/** @throws {BadRow} where a value cannot be what its column says */
export function amountOf({ v3, unit }: Source, value: unknown): Amount {
  if (value === null || value === undefined || value === "") return 0;
  const read = unit === "money" ? microsOf : countOf;
  const amount = typeof value === "number" || typeof value === "string" ? read(value) : null;
  if (amount === null) throw new BadRow(`${v3}: not ${unit === "money" ? "an amount" : "a whole number"}`);
  return amount;
}

const day = /^\d{4}-\d{2}-\d{2}$/;
/** A report day. The older dialect sends days as epoch milliseconds of their midnight in UTC. */
export const ReportDay = z.union([z.string().regex(day, "is not a day"), z.int()]);
export const isReportDay = (value: unknown): value is string => typeof value === "string" && day.test(value);

export const dayOf = (date: string | number): string =>
  typeof date === "string" ? date : new Date(date).toISOString().slice(0, 10);

/** The row with what the older dialect calls otherwise under its present name as well. */
export function renamed(row: Row, names: readonly (readonly [legacy: string, v3: string])[]): Row {
  const present: Row = { ...row };
  for (const [legacy, v3] of names) if (legacy in row) present[v3] = row[legacy];
  return present;
}

/** @throws {BadRow} An order's money is the account's: currencies are never added. */
export function requireCurrency(said: string | null | undefined, currency: string): void {
  if (said && said !== currency) throw new BadRow(`orderCurrency: ${said} is not the account's ${currency}`);
}
