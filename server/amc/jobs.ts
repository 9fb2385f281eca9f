import { z } from "zod";
import { accountsDiscovered } from "../connections/contract";
import { defineJob, type Tick } from "../core/jobs/define";
import { admitOverdue } from "./admit-runs";
import { CheckInput, checkInstance, checkName } from "./check-instance";
import { DiscoverInput, discoverAfterAccounts, discoverName, runDiscovery } from "./discover-instances";
import { failRun } from "./end-run";
import { readExecution } from "./execution-store";
import { runSchedules } from "./run-schedules";
import { stepExecution } from "./step-execution";
import { stepName } from "./step-job";

export const stepExecutionJob = defineJob({
  name: stepName,
  input: z.object({ executionId: z.uuid() }),
  run: stepExecution,
  gaveUp: (ctx, { executionId }) =>
    ctx.tx(async (tx) => {
      const open = await readExecution(tx, executionId);
      if (open) await failRun(tx, open, "It broke off ten times; the cause is in the log of the server.");
    }),
});

export const discoverInstancesJob = defineJob({ name: discoverName, input: DiscoverInput, run: runDiscovery });

export const discoverAfterAccountsJob = defineJob({
  name: "amc.discover-after-accounts",
  input: z.object({ accountIds: z.array(z.uuid()) }),
  on: [accountsDiscovered],
  run: discoverAfterAccounts,
});

export const checkInstanceJob = defineJob({ name: checkName, input: CheckInput, run: checkInstance });

export const admitRunsTick: Tick = { name: "amc.admit-runs", rule: "*/20 * * * * *", run: admitOverdue };

export const runSchedulesTick: Tick = {
  name: "amc.run-schedules",
  rule: "*/15 * * * * *",
  run: async (ctx) => {
    await runSchedules(ctx);
  },
};
