export { getBrandDashboard } from "./brand-dashboard";
export { getCampaignInsights } from "./campaign-insights";
export { describeMetrics } from "./describe-metrics";
export { readHome } from "./home-overview";
export { describeRange } from "./scope";
export { syncNow } from "./sync-now";
export { listSyncStatus } from "./sync-status";
