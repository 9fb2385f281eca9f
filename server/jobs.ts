// Every job and every tick of the product: one import and one entry each.
import { discoverAccountsJob, forgetCallsTick, probeAccountJob, rediscoverTick } from "./connections/jobs";
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
import {
  deliverJob,
  deliverOverdueTick,
  forgetDeliveriesTick,
  tellClientStandingJob,
  tellConsentEndingJob,
  tellStateChangeJob,
} from "./notifications/jobs";

export const jobs: readonly Job[] = [
  collectReportJob,
  deliverJob,
  discoverAccountsJob,
  planDiscoveredJob,
  probeAccountJob,
  requestReportJob,
  syncEntitiesJob,
  tellClientStandingJob,
  tellConsentEndingJob,
  tellStateChangeJob,
];

export const ticks: readonly Tick[] = [
  cleanTick,
  deliverOverdueTick,
  forgetCallsTick,
  forgetDeliveriesTick,
  forgetSessionsTick,
  planTick,
  rediscoverTick,
];
