import { resource } from "../core/resource";
import { applyChanges, describeChanges, discardChanges, resumeChanges } from "./apply-changes";
import { getBrandDashboard, listBrandDashboards } from "./brand-dashboard";
import { adGroupSorts, getCampaignInsights, listAdGroups, listCampaignInsights } from "./campaign-insights";
import { campaignSorts } from "./campaign-store";
import { ChangeItem, ChangeSet, setStates } from "./change-contract";
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
  SyncState,
} from "./contract";
import { listMetrics } from "./describe-metrics";
import { editChanges, removeChanges } from "./edit-changes";
import { listExplanations } from "./explain-change";
import { Explanation, Restatement } from "./history-contract";
import { getCampaign, listCampaigns, listCampaignTotals } from "./list-campaigns";
import { getChangeSet, listChangeItems, listChangeSets } from "./list-changes";
import { listRestatements } from "./list-restatements";
import { getSyncRun, listSyncRuns } from "./list-sync-runs";
import { metricFields, ownMetricFields, settledFields } from "./metric-fields";
import { noteCampaigns, noteNumbers } from "./note-numbers";
import { withinFilter } from "./part";
import { restatementFields } from "./restatement-fields";
import { SyncRun } from "./sync-contract";
import { syncNow } from "./sync-now";
import { getSyncStatus, listSyncStatus } from "./sync-status";
import { undoChanges } from "./undo-changes";
import { conversionFilter, viewFilter } from "./view";

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
  ...viewFilter,
  ...conversionFilter,
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
    fields: ownMetricFields("valuesCurrency"),
    note: noteCampaigns,
  },
  get: { permission: "campaigns.read", run: getCampaign },
  auditType: "campaign",
  fields: {
    name: { label: "Campaign" },
    state: { label: "State" },
    campaignId: { label: "Amazon id" },
    brandId: { of: "brands" },
    accountId: { of: "accounts" },
    budget: { kind: "money", currency: "currency", optional: true },
    kpi: { label: "KPI", optional: true },
    valuesCurrency: { label: "Currency of the numbers", optional: true },
    ...metricFields("valuesCurrency"),
    ...settledFields(),
  },
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
    note: noteCampaigns,
  },
});

export const adGroupsResource = resource({
  name: "ad-groups",
  title: "Ad group",
  description: "Ad groups (line items, in Amazon's reports) of the campaigns named, with their numbers.",
  item: AdGroup,
  list: {
    permission: "campaigns.read",
    filter: { campaignId: "text", ...viewFilter, ...conversionFilter },
    sort: adGroupSorts,
    run: listAdGroups,
    fields: ownMetricFields("valuesCurrency"),
    note: noteCampaigns,
  },
  fields: {
    name: { label: "Ad group" },
    adGroupId: { label: "Amazon id" },
    campaignId: { label: "Campaign id" },
    budget: { kind: "money", currency: "currency" },
    baseBid: { label: "Base bid", kind: "money", currency: "currency" },
    accountId: { of: "accounts" },
    valuesCurrency: { label: "Currency of the numbers", optional: true },
    ...metricFields("valuesCurrency"),
    ...settledFields(),
  },
});

export const campaignInsightsResource = resource({
  name: "campaign-insights",
  title: "Campaign insights",
  description: "One campaign's tiles, days, ad groups and creatives over a range, compared with the days before it.",
  item: CampaignInsights,
  list: {
    permission: "insights.read",
    filter: { id: "text", ...viewFilter, ...conversionFilter },
    sort: [],
    run: listCampaignInsights,
  },
  get: { permission: "insights.read", run: (tx, id) => getCampaignInsights(tx, id) },
});

export const brandDashboardsResource = resource({
  name: "brand-dashboards",
  title: "Brand dashboard",
  description: "A brand's tiles, days, top campaigns and freshness over a range, one section a currency.",
  item: BrandDashboard,
  list: {
    permission: "insights.read",
    filter: { id: "text", ...viewFilter, ...conversionFilter },
    sort: [],
    run: listBrandDashboards,
  },
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

export const restatementsResource = resource({
  name: "restatements",
  title: "Restatement",
  description: "Days that say something else than they said at a moment: by how much, when it changed, and why.",
  item: Restatement,
  list: {
    permission: "insights.read",
    filter: { brandId: "text", accountId: "text", range: "text", since: "text", asOf: "text" },
    sort: [],
    run: listRestatements,
    note: noteNumbers,
  },
  fields: restatementFields(),
});

export const explanationsResource = resource({
  name: "explanations",
  title: "Explanation",
  description:
    "Why a number moved against the days it is compared with: by its factors, and by campaign, ad group or creative.",
  item: Explanation,
  list: {
    permission: "insights.read",
    filter: { ...withinFilter, metric: "text" },
    sort: [],
    run: listExplanations,
  },
});

export const metricsResource = resource({
  name: "metrics",
  title: "Metric",
  description: "The metric dictionary: what each number means, its formula, Amazon's column, and when it stops moving.",
  item: MetricInfo,
  list: { permission: "insights.read", filter: {}, sort: [], search: true, run: listMetrics },
});

export const changeSetsResource = resource({
  name: "change-sets",
  title: "Change set",
  description: "Edits to campaigns and ad groups: put together, reviewed, then applied at Amazon item by item.",
  item: ChangeSet,
  list: {
    permission: "changes.read",
    filter: { id: "id", state: setStates, createdAt: "date", createdBy: "text" },
    sort: ["createdAt", "startedAt", "createdBy"],
    search: true,
    run: listChangeSets,
  },
  get: { permission: "changes.read", run: getChangeSet },
  update: describeChanges,
  actions: {
    apply: applyChanges,
    discard: discardChanges,
    remove: removeChanges,
    resume: resumeChanges,
    undo: undoChanges,
  },
  single: ["apply", "discard", "remove", "resume", "undo"],
  collectionActions: { edit: editChanges },
});

export const changeItemsResource = resource({
  name: "change-items",
  title: "Change",
  description:
    "What was changed of the campaigns named and of their ad groups, with Amazon's answer; or the items of a set.",
  item: ChangeItem,
  list: { permission: "changes.read", filter: { setId: "id", campaignId: "text" }, sort: [], run: listChangeItems },
});
