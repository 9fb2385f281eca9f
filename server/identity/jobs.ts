import type { Tick } from "../core/jobs/define";
import { deleteEndedSessions } from "./store";

/** Once a day: ended sessions are forgotten, and with them where people signed in from. */
export const forgetSessionsTick: Tick = {
  name: "identity.forget-sessions",
  rule: "0 47 2 * * *",
  run: (ctx) => ctx.tx((tx) => deleteEndedSessions(tx, tx.now())),
};
