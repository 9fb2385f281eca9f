import { resource } from "../core/resource";
import { listAgencyDashboards } from "./agency-dashboard";
import { listComparisons } from "./compare-campaigns";
import { CampaignComparison } from "./compare-contract";
import { AgencyDashboard, FactRow, FactTotal, LevelRow, levels, PartInsights } from "./level-contract";
import { listFactRows, listFactTotals } from "./list-fact-rows";
import { listLevels } from "./list-levels";
import { listPaces } from "./list-paces";
import { metricFields, ownMetricFields, settledFields } from "./metric-fields";
import { metricIds } from "./metrics";
import { noteWithin } from "./note-numbers";
import { CampaignPace, paces } from "./pace-contract";
import { withinFilter } from "./part";
import { getAdGroupInsights, getCreativeInsights, listAdGroupInsights, listCreativeInsights } from "./part-insights";
import { conversionFilter, viewFilter } from "./view";

export const agencyDashboardResource = resource({
  name: "agency-dashboard",
  title: "Agency dashboard",
  description:
    "Tiles, days and funnel of all brands over a range, one section a currency: money of two is never added.",
  item: AgencyDashboard,
  list: {
    permission: "insights.read",
    filter: { ...viewFilter, ...conversionFilter },
    sort: [],
    run: listAgencyDashboards,
  },
});

export const levelRowsResource = resource({
  name: "level-rows",
  title: "Level row",
  description:
    "What an agency, a brand, a campaign, an ad group or a creative is made of at one level, with its numbers, those it is compared with, and the days of one metric; inCurrency makes its money one currency's by the rates of its days, currency leaves what was paid in one.",
  item: LevelRow,
  list: {
    permission: "insights.read",
    filter: { level: levels, metric: "text", currency: "text", ...withinFilter, ...conversionFilter },
    sort: ["name", ...metricIds],
    search: true,
    run: listLevels,
    fields: ownMetricFields(),
    note: noteWithin,
  },
  fields: {
    name: { label: "Name" },
    detail: { label: "Part of", optional: true },
    state: { label: "State", optional: true },
    ...metricFields(),
    ...settledFields(),
  },
});

const factFilter = { currency: "text", ...withinFilter } as const;
const factSorts = ["day", "knownAt", ...metricIds];

export const factRowsResource = resource({
  name: "fact-rows",
  title: "Row behind a number",
  description:
    "Rows of the campaign report that a number is the sum of: a day of a creative in an ad group, since when it says so, and how often it was restated.",
  item: FactRow,
  list: {
    permission: "insights.read",
    filter: factFilter,
    sort: factSorts,
    run: listFactRows,
    fields: ownMetricFields(),
    note: noteWithin,
  },
  fields: {
    day: { label: "Day" },
    accountName: { label: "Account" },
    brandName: { label: "Brand", optional: true },
    campaignName: { label: "Campaign" },
    campaignId: { label: "Campaign id", of: "campaigns" },
    adGroupName: { label: "Ad group" },
    adGroupId: { label: "Ad group id", of: "ad-groups" },
    creativeName: { label: "Creative" },
    creativeId: { label: "Creative id" },
    report: { label: "Report" },
    knownAt: { label: "Known since" },
    revisions: { label: "Restated, times" },
    ...metricFields(),
    ...settledFields(),
  },
});

export const factTotalsResource = resource({
  name: "fact-totals",
  title: "Total of rows",
  description: "What all rows behind a number add up to, one item a currency; the filters are those of fact-rows.",
  item: FactTotal,
  list: { permission: "insights.read", filter: factFilter, sort: factSorts, run: listFactTotals, note: noteWithin },
});

export const adGroupInsightsResource = resource({
  name: "ad-group-insights",
  title: "Ad group insights",
  description: "One ad group's tiles, days and funnel over a range, compared with the days before it.",
  item: PartInsights,
  list: {
    permission: "insights.read",
    filter: { id: "text", ...viewFilter, ...conversionFilter },
    sort: [],
    run: listAdGroupInsights,
  },
  get: { permission: "insights.read", run: (tx, id) => getAdGroupInsights(tx, id) },
});

export const creativeInsightsResource = resource({
  name: "creative-insights",
  title: "Creative insights",
  description: "One creative's tiles, days and funnel over a range, wherever it ran in its account.",
  item: PartInsights,
  list: {
    permission: "insights.read",
    filter: { id: "text", ...viewFilter, ...conversionFilter },
    sort: [],
    run: listCreativeInsights,
  },
  get: { permission: "insights.read", run: (tx, id) => getCreativeInsights(tx, id) },
});

export const campaignPacesResource = resource({
  name: "campaign-paces",
  title: "Campaign pace",
  description:
    "How campaigns spend against the flight or budget that runs: spent, expected by now, projected end; those in most need of an eye first.",
  item: CampaignPace,
  list: {
    permission: "insights.read",
    filter: {
      pace: paces,
      brandId: "text",
      accountId: "text",
      campaignId: "text",
      range: viewFilter.range,
      asOf: viewFilter.asOf,
    },
    sort: [],
    run: listPaces,
  },
});

export const campaignComparisonsResource = resource({
  name: "campaign-comparisons",
  title: "Campaign comparison",
  description:
    "Two to six campaigns side by side over a range, with the days of one metric, and which of its rates differ by more than chance (paired days, cosine variance, Bonferroni).",
  item: CampaignComparison,
  list: {
    permission: "insights.read",
    filter: { id: "text", metric: "text", ...viewFilter, ...conversionFilter },
    sort: [],
    run: listComparisons,
  },
});
