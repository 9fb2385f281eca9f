import { z } from "zod";
import type { Ctx } from "../core/context";
import { defineJob, type Tick } from "../core/jobs/define";
import { pruneOldEvents } from "./audit-retention";
import { selectDueHosts } from "./domain-store";
import { keyExpiring } from "./key-contract";
import { selectEnding } from "./key-store";
import { recheckDomain } from "./verify-domain";

const noticeMs = 7 * 24 * 3_600_000;

/** Announces each key that expires within a week; it becomes one message, however often it is announced. */
export async function warnOfKeys(ctx: Ctx): Promise<void> {
  await ctx.tx(async (tx) => {
    for (const { id, name, start, userId, expiresAt } of await selectEnding(
      tx,
      new Date(tx.now().getTime() + noticeMs),
    )) {
      await tx.announce(keyExpiring, { keyId: id, name, start, ownerId: userId, expiresAt: expiresAt.toISOString() });
    }
  });
}

/** Twice a day, so that a key for a week is not forgotten. */
export const warnOfKeysTick: Tick = { name: "workspace.warn-of-keys", rule: "0 23 5,17 * * *", run: warnOfKeys };

const hourMs = 3_600_000;

export const recheckDomainJob = defineJob({
  name: "workspace.recheck-domain",
  input: z.object({ host: z.string() }),
  maxAttempts: 3,
  run: (ctx, { host }) => recheckDomain(ctx, host),
});

/** Each host in force once a day, each that waits for its record once an hour. */
export const recheckDomainsTick: Tick = {
  name: "workspace.recheck-domains",
  rule: "0 17 * * * *",
  run: (ctx) =>
    ctx.tx(async (tx) => {
      const ago = (hours: number) => new Date(tx.now().getTime() - hours * hourMs);
      for (const host of await selectDueHosts(tx, { inForce: ago(23.5), waiting: ago(0.5) })) {
        await tx.enqueue(recheckDomainJob.name, { host }, { key: `recheck-domain:${host}`, maxAttempts: 3 });
      }
    }),
};

/** Once a day: events that the agency keeps no longer leave the audit log. */
export const pruneAuditTick: Tick = { name: "workspace.prune-audit", rule: "0 53 3 * * *", run: pruneOldEvents };
