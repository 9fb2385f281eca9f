import { z } from "zod";
import { accountsDiscovered } from "../connections/contract";
import { defineJob, type Tick } from "../core/jobs/define";
import { collectReport } from "./collect-report";
import { cleanRuns, planSlots } from "./plan-slots";
import { requestReport } from "./request-report";
import { stepJobs } from "./run-step";
import { syncEntities } from "./sync-entities";

const RunInput = z.object({ runId: z.uuid() });

export const syncEntitiesJob = defineJob({ name: stepJobs.entities, input: RunInput, run: syncEntities });
export const requestReportJob = defineJob({ name: stepJobs.request, input: RunInput, run: requestReport });
export const collectReportJob = defineJob({ name: stepJobs.collect, input: RunInput, run: collectReport });

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

export const cleanTick: Tick = { name: "insights.clean", rule: "0 17 3 * * *", run: cleanRuns };
