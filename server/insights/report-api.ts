import { resource } from "../core/resource";
import { lineSorts, listBreakdownRows } from "./breakdown-rows";
import { fillGap } from "./fill-gap";
import { dimensionIds, listBreakdowns } from "./list-breakdowns";
import { listReach } from "./list-reach";
import { metricFields, ownMetricFields, settledFields } from "./metric-fields";
import { noteBreakdown } from "./note-numbers";
import { Breakdown, BreakdownLine, ReachMonth, ReportCoverage } from "./report-contract";
import { getReportCoverage, listReportCoverage } from "./report-coverage";
import { reportTypeIds } from "./report-types";
import { conversionFilter, viewFilter } from "./view";

export const reportCoverageResource = resource({
  name: "report-coverage",
  title: "Report coverage",
  description:
    "The days that are here of each report and account, the gaps, and why Amazon does not give what is missing.",
  item: ReportCoverage,
  list: {
    permission: "insights.read",
    filter: { id: "text", accountId: "text", brandId: "text", type: reportTypeIds },
    sort: [],
    run: listReportCoverage,
  },
  get: { permission: "insights.read", run: getReportCoverage },
  actions: { fill: fillGap },
  actionLabels: { fill: "Fill the gap" },
  single: ["fill"],
  auditType: "account",
});

const breakdownFilter = {
  dimension: dimensionIds,
  brandId: "text",
  accountId: "text",
  campaignId: "text",
  ...viewFilter,
  ...conversionFilter,
} as const;

export const breakdownsResource = resource({
  name: "breakdowns",
  title: "Breakdown",
  description:
    "The numbers of a brand, an account or a campaign split by one dimension over a range, one item a currency: the first 200 values and what the others add up to.",
  item: Breakdown,
  list: {
    permission: "insights.read",
    filter: breakdownFilter,
    sort: [],
    run: listBreakdowns,
    note: noteBreakdown,
  },
});

export const breakdownRowsResource = resource({
  name: "breakdown-rows",
  title: "Breakdown row",
  description: "All values that a dimension takes over a range, one item a value and currency, with their numbers.",
  item: BreakdownLine,
  list: {
    permission: "insights.read",
    filter: { ...breakdownFilter, currency: "text" },
    sort: lineSorts,
    run: listBreakdownRows,
    fields: ownMetricFields(),
    note: noteBreakdown,
  },
  fields: {
    label: { label: "Value" },
    where: { label: "Where" },
    code: { label: "Amazon id" },
    share: { label: "Share", kind: "percent" },
    dimension: { optional: true },
    ...metricFields(),
    ...settledFields(),
  },
});

export const reachMonthsResource = resource({
  name: "reach-months",
  title: "Reach",
  description: "People reached by each advertiser in each calendar month that the range touches; never added up.",
  item: ReachMonth,
  list: {
    permission: "insights.read",
    filter: { brandId: "text", accountId: "text", ...viewFilter },
    sort: [],
    run: listReach,
  },
});
