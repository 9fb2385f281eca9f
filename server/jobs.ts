// Every job and every tick of the product: one import and one entry each.
import { discoverAccountsJob, rediscoverTick } from "./connections/jobs";
import type { Job, Tick } from "./core/jobs/define";
import { forgetSessionsTick } from "./identity/jobs";
import {
  cleanTick,
  collectReportJob,
  planDiscoveredJob,
  planTick,
  requestReportJob,
  syncEntitiesJob,
} from "./insights/jobs";

export const jobs: readonly Job[] = [
  collectReportJob,
  discoverAccountsJob,
  planDiscoveredJob,
  requestReportJob,
  syncEntitiesJob,
];

export const ticks: readonly Tick[] = [cleanTick, forgetSessionsTick, planTick, rediscoverTick];
