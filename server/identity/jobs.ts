import type { Tick } from "../core/jobs/define";
import { deleteOldChallenges } from "./factor-store";
import { deleteEndedSessions } from "./store";

/** Once a day: ended sessions are forgotten, and with them where people signed in from; so are challenges nobody answered. */
export const forgetSessionsTick: Tick = {
  name: "identity.forget-sessions",
  rule: "0 47 2 * * *",
  run: (ctx) =>
    ctx.tx(async (tx) => {
      await deleteEndedSessions(tx, tx.now());
      await deleteOldChallenges(tx, tx.now());
    }),
};
