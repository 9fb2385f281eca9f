import type { Tick } from "../core/jobs/define";
import { keptDays } from "./contract";
import { deleteExports } from "./store";

/** Once an hour: files whose days are over, and exports that came to nothing, are forgotten. */
export const forgetExportsTick: Tick = {
  name: "exports.forget",
  rule: "0 37 * * * *",
  run: (ctx) => ctx.tx((tx) => deleteExports(tx, new Date(tx.now().getTime() - keptDays * 86_400_000))),
};
