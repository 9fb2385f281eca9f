// Every report type that is synced: one import and one entry each.
import { audienceReport } from "./audience";
import { audioAndVideoReport } from "./audio-and-video";
import { bidAdjustmentReport } from "./bid-adjustment";
import { campaignReport } from "./campaign";
import { conversionPathReport } from "./conversion-path";
import type { ReportType } from "./define";
import { geoReport } from "./geo";
import { inventoryReport } from "./inventory";
import { productReport } from "./product";
import { reachFrequencyReport } from "./reach-frequency";
import { techReport } from "./tech";

/** In the order in which an account is first asked for them. */
export const reportTypes = {
  campaign: campaignReport,
  inventory: inventoryReport,
  audience: audienceReport,
  product: productReport,
  geo: geoReport,
  tech: techReport,
  reachFrequency: reachFrequencyReport,
  conversionPath: conversionPathReport,
  audioAndVideo: audioAndVideoReport,
  bidAdjustment: bidAdjustmentReport,
} as const satisfies Record<string, ReportType>;
export type ReportTypeId = keyof typeof reportTypes;
export const reportTypeIds = Object.keys(reportTypes) as ReportTypeId[];
export const isReportTypeId = (id: string): id is ReportTypeId => Object.hasOwn(reportTypes, id);

/** The report type the day rollups are made of. */
export const rollupSource: ReportTypeId = "campaign";
/** The types that split delivery: asked for once a day, after the rollups' own. */
export const breakdownTypes: readonly ReportType[] = reportTypeIds
  .filter((id) => id !== rollupSource)
  .map((id) => reportTypes[id]);

export { BadRow, type DayRange, type DialectName, type Dimension, type Fact, type ReportType } from "./define";
