// Every report type that is synced: one import and one entry each.
import { campaignReport } from "./campaign";
import type { ReportType } from "./define";

export const reportTypes = { campaign: campaignReport } as const satisfies Record<string, ReportType>;
export type ReportTypeId = keyof typeof reportTypes;
export const reportTypeIds = Object.keys(reportTypes) as ReportTypeId[];
export const isReportTypeId = (id: string): id is ReportTypeId => Object.hasOwn(reportTypes, id);

/** The report type the day rollups are made of. */
export const rollupSource: ReportTypeId = "campaign";

export { BadRow, type DayRange, type DialectName, type Fact, type ReportType } from "./define";
