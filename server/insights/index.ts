export { getBrandDashboard } from "./brand-dashboard";
export { getCampaignInsights } from "./campaign-insights";
export { describeMetrics } from "./describe-metrics";
export { readHome } from "./home-overview";
export { listSchedules, type Schedule } from "./list-schedules";
export { describeRange } from "./scope";
export { syncNow } from "./sync-now";
export { listSyncStatus } from "./sync-status";
