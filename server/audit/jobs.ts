import type { Tick } from "../core/jobs/define";
import { takeDailyCheckpoint } from "./take-checkpoint";
import { verifyDaily } from "./verify-log";

/** Hourly, so that a process that was away catches up: the day's checkpoint, then the day's verification. */
export const auditTick: Tick = {
  name: "audit.checkpoint",
  rule: "0 23 * * * *",
  async run(ctx) {
    await takeDailyCheckpoint(ctx);
    await verifyDaily(ctx);
  },
};
