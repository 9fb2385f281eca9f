import { z } from "zod";
import { defineJob, type Tick } from "../core/jobs/define";
import { deleteRunsBefore, selectOverdueRuns } from "./run-store";
import { enqueueRun, sendRun, sendRunJobName } from "./send-run";

export const sendRunJob = defineJob({
  name: sendRunJobName,
  input: z.object({ runId: z.uuid() }),
  run: sendRun,
});

/** A job may be given up after its attempts; a run that waits never is. */
const overdueMs = 3 * 60_000;

export const sendOverdueRunsTick: Tick = {
  name: "pages.send-overdue-runs",
  rule: "20 * * * * *",
  run: (ctx) =>
    ctx.tx(async (tx) => {
      for (const run of await selectOverdueRuns(tx, new Date(tx.now().getTime() - overdueMs)))
        await enqueueRun(tx, run);
    }),
};

const keptMs = 180 * 24 * 3_600_000;

/** Once a day: what was sent long ago is forgotten; that it was sent stays in the audit log. */
export const forgetRunsTick: Tick = {
  name: "pages.forget-runs",
  rule: "0 41 2 * * *",
  run: (ctx) => ctx.tx((tx) => deleteRunsBefore(tx, new Date(tx.now().getTime() - keptMs))),
};
