import { resource } from "../core/resource";
import { getBrandDashboard, listBrandDashboards } from "./brand-dashboard";
import { getCampaignInsights, listAdGroups, listCampaignInsights } from "./campaign-insights";
import { campaignSorts } from "./campaign-store";
import {
  AccountSync,
  AdGroup,
  BrandDashboard,
  Campaign,
  CampaignInsights,
  CampaignTotal,
  deliveryStatuses,
  entityStates,
  MetricInfo,
  SyncRun,
  SyncState,
} from "./contract";
import { listMetrics } from "./describe-metrics";
import { getCampaign, listCampaigns, listCampaignTotals } from "./list-campaigns";
import { getSyncRun, listSyncRuns } from "./list-sync-runs";
import { syncNow } from "./sync-now";
import { getSyncStatus, listSyncStatus } from "./sync-status";

const campaignFilter = {
  id: "text",
  name: "text",
  campaignId: "text",
  accountId: "text",
  brandId: "text",
  state: entityStates,
  deliveryStatus: deliveryStatuses,
  currency: "text",
  kpi: "text",
  /** A preset such as last-30-days, or from..to. */
  range: "text",
} as const;

export const campaignsResource = resource({
  name: "campaigns",
  title: "Campaign",
  description: "Campaigns (orders, in Amazon's reports) with their numbers over a range of days.",
  item: Campaign,
  list: {
    permission: "campaigns.read",
    filter: campaignFilter,
    sort: campaignSorts,
    search: true,
    run: listCampaigns,
  },
  get: { permission: "campaigns.read", run: getCampaign },
});

export const campaignTotalsResource = resource({
  name: "campaign-totals",
  title: "Campaign total",
  description: "Sums over all campaigns that match, one item a currency; the filters are those of campaigns.",
  item: CampaignTotal,
  list: {
    permission: "campaigns.read",
    filter: campaignFilter,
    sort: campaignSorts,
    search: true,
    run: listCampaignTotals,
  },
});

export const adGroupsResource = resource({
  name: "ad-groups",
  title: "Ad group",
  description: "Ad groups (line items, in Amazon's reports) of the campaigns named, with their numbers.",
  item: AdGroup,
  list: {
    permission: "campaigns.read",
    filter: { campaignId: "text", range: "text" },
    sort: [],
    run: listAdGroups,
  },
});

export const campaignInsightsResource = resource({
  name: "campaign-insights",
  title: "Campaign insights",
  description: "One campaign's tiles, days, ad groups and creatives over a range, compared with the days before it.",
  item: CampaignInsights,
  list: { permission: "insights.read", filter: { id: "text", range: "text" }, sort: [], run: listCampaignInsights },
  get: { permission: "insights.read", run: (tx, id) => getCampaignInsights(tx, id) },
});

export const brandDashboardsResource = resource({
  name: "brand-dashboards",
  title: "Brand dashboard",
  description: "A brand's tiles, days, top campaigns and freshness over a range, one section a currency.",
  item: BrandDashboard,
  list: { permission: "insights.read", filter: { id: "text", range: "text" }, sort: [], run: listBrandDashboards },
  get: { permission: "insights.read", run: (tx, id) => getBrandDashboard(tx, id) },
});

export const syncStatusResource = resource({
  name: "sync-status",
  title: "Account sync",
  description: "How far the sync of each account is, and why where it is not current.",
  item: AccountSync,
  list: {
    permission: "insights.read",
    filter: { id: "text", brandId: "text", state: SyncState.options },
    sort: [],
    search: true,
    run: listSyncStatus,
  },
  get: { permission: "insights.read", run: getSyncStatus },
  actions: { sync: syncNow },
});

export const syncRunsResource = resource({
  name: "sync-runs",
  title: "Sync run",
  description: "One due moment of a sync and what happened then; a single one with its rows that did not parse.",
  item: SyncRun,
  list: {
    permission: "insights.read",
    filter: {
      id: "id",
      accountId: "id",
      subject: "text",
      kind: SyncRun.shape.kind.options,
      state: SyncRun.shape.state.options,
      createdAt: "date",
      rowsRejected: "number",
    },
    sort: ["createdAt", "finishedAt", "rowsRejected"],
    search: true,
    run: listSyncRuns,
  },
  get: { permission: "insights.read", run: getSyncRun },
});

export const metricsResource = resource({
  name: "metrics",
  title: "Metric",
  description: "The metric dictionary: what each number means, its formula, Amazon's column, and when it stops moving.",
  item: MetricInfo,
  list: { permission: "insights.read", filter: {}, sort: [], search: true, run: listMetrics },
});
