// Every job and every tick of the product: one import and one entry each.
import {
  admitRunsTick,
  checkInstanceJob,
  discoverAfterAccountsJob,
  discoverInstancesJob,
  runSchedulesTick,
  stepExecutionJob,
} from "./amc/jobs";
import { writeExportJob } from "./api/lists/export-job";
import { auditTick } from "./audit/jobs";
import { discoverAccountsJob, forgetCallsTick, probeAccountJob, rediscoverTick } from "./connections/jobs";
import type { Job, Tick } from "./core/jobs/define";
import { forgetExportsTick } from "./exports/jobs";
import { forgetSessionsTick } from "./identity/jobs";
import {
  applyChangesJob,
  cleanTick,
  collectReportJob,
  learnMaturityJob,
  planDiscoveredJob,
  planReportsTick,
  planTick,
  requestReportJob,
  syncEntitiesJob,
} from "./insights/jobs";
import {
  deliverJob,
  deliverOverdueTick,
  forgetDeliveriesTick,
  sendLetterJob,
  tellClientStandingJob,
  tellConsentEndingJob,
  tellKeyExpiringJob,
  tellStateChangeJob,
} from "./notifications/jobs";
import { forgetRunsTick, sendOverdueRunsTick, sendRunJob } from "./pages/jobs";
import { stepAskJob } from "./reports/jobs";
import { pruneAuditTick, recheckDomainJob, recheckDomainsTick, warnOfKeysTick } from "./workspace/jobs";

export const jobs: readonly Job[] = [
  applyChangesJob,
  checkInstanceJob,
  collectReportJob,
  learnMaturityJob,
  deliverJob,
  discoverAccountsJob,
  discoverInstancesJob,
  discoverAfterAccountsJob,
  planDiscoveredJob,
  probeAccountJob,
  recheckDomainJob,
  requestReportJob,
  sendLetterJob,
  sendRunJob,
  stepAskJob,
  stepExecutionJob,
  syncEntitiesJob,
  tellClientStandingJob,
  tellConsentEndingJob,
  tellKeyExpiringJob,
  tellStateChangeJob,
  writeExportJob,
];

export const ticks: readonly Tick[] = [
  admitRunsTick,
  auditTick,
  cleanTick,
  deliverOverdueTick,
  forgetCallsTick,
  forgetDeliveriesTick,
  forgetExportsTick,
  forgetRunsTick,
  forgetSessionsTick,
  planReportsTick,
  planTick,
  pruneAuditTick,
  recheckDomainsTick,
  runSchedulesTick,
  rediscoverTick,
  sendOverdueRunsTick,
  warnOfKeysTick,
];
