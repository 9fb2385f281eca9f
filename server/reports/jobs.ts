import { z } from "zod";
import { defineJob } from "../core/jobs/define";
import { failAsk, stepAsk, stepAskName } from "./step-ask";

export const stepAskJob = defineJob({
  name: stepAskName,
  input: z.object({ reportId: z.uuid(), accountId: z.uuid() }),
  run: stepAsk,
  gaveUp: (ctx, key) =>
    ctx.tx((tx) => failAsk(tx, key, "It broke off ten times; the cause is in the log of the server.")),
});
