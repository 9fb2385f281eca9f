import { z } from "zod";
import { accountsDiscovered } from "../connections/contract";
import { defineJob, type Tick } from "../core/jobs/define";
import { applyAccount, breakOff } from "./apply-account";
import { ApplyInput, applyJobName } from "./apply-job";
import { collectReport } from "./collect-report";
import { reportCollected } from "./contract";
import { learnMaturity } from "./learn-maturity";
import { planReports } from "./plan-reports";
import { cleanRuns, planSlots } from "./plan-slots";
import { requestReport } from "./request-report";
import { stepJobs } from "./run-step";
import { syncEntities } from "./sync-entities";

const RunInput = z.object({ runId: z.uuid() });

export const syncEntitiesJob = defineJob({ name: stepJobs.entities, input: RunInput, run: syncEntities });
export const requestReportJob = defineJob({ name: stepJobs.request, input: RunInput, run: requestReport });
export const collectReportJob = defineJob({ name: stepJobs.collect, input: RunInput, run: collectReport });

/** Curves follow the daily answer for the whole settle window; others would learn little. */
export const learnMaturityJob = defineJob({
  name: "insights.learn-maturity",
  input: z.object({ accountId: z.uuid() }),
  on: [reportCollected],
  run: learnMaturity,
});

export const applyChangesJob = defineJob({
  name: applyJobName,
  input: ApplyInput,
  run: applyAccount,
  gaveUp: breakOff,
});

/** New accounts do not wait for the next tick. */
export const planDiscoveredJob = defineJob({
  name: "insights.plan-discovered",
  input: z.object({ accountIds: z.array(z.uuid()) }),
  on: [accountsDiscovered],
  run: async (ctx) => {
    await planSlots(ctx);
  },
});

export const planTick: Tick = {
  name: "insights.plan",
  rule: "*/30 * * * * *",
  run: async (ctx) => {
    await planSlots(ctx);
  },
};

/** Once a minute: the reports that split delivery follow an account's campaign report. */
export const planReportsTick: Tick = {
  name: "insights.plan-reports",
  rule: "45 * * * * *",
  run: async (ctx) => {
    await planReports(ctx);
  },
};

export const cleanTick: Tick = { name: "insights.clean", rule: "0 17 3 * * *", run: cleanRuns };
