// A verification by a person or the scheduler: what it found is an event of the log itself, and the badge says it.
import { z } from "zod";
import { command } from "../core/command";
import type { AuditEntry, Ctx, TxCtx } from "../core/context";
import { requireRead } from "../core/query";
import { findHead, selectCheckpoints } from "./chain-store";
import type { Integrity, Verification } from "./contract";
import { lastCheck } from "./store";
import { verifyChain } from "./verify-chain";

const verified = "audit.verified";
const broken = "audit.verification_failed";

export const verifyLog = command({
  name: "audit-event.verify",
  permission: "audit.read",
  input: z.strictObject({}),
  async run(tx) {
    const found = await verifyChain(tx);
    return { result: found, audit: entryOf(tx, found) };
  },
});

/** For the scheduler: once a day. */
export async function verifyDaily(ctx: Ctx): Promise<void> {
  const { items, found } = await ctx.tx(async (tx) => {
    const last = await lastCheck(tx, [verified, broken]);
    if (last && last.at.toISOString().slice(0, 10) === tx.now().toISOString().slice(0, 10))
      return { found: null, items: 0 };
    const result = await verifyChain(tx);
    if (result.events > 0) await tx.audit(entryOf(tx, result));
    return { found: result, items: result.problems.length };
  });
  if (found && !found.ok) ctx.log.error({ problems: found.problems, items }, "the audit log is not what was written");
}

const entryOf = (tx: TxCtx, { ok, seq, events, problems }: Verification): AuditEntry => ({
  action: ok ? verified : broken,
  target: { type: "audit", id: tx.agencyId, label: "Audit log" },
  after: { upTo: seq, events, ...(ok ? {} : { problems: problems.map(({ message }) => message) }) },
});

export async function readIntegrity(tx: TxCtx): Promise<Integrity> {
  requireRead(tx, "audit.read");
  const [head, last, checkpoints] = [
    await findHead(tx),
    await lastCheck(tx, [verified, broken]),
    await selectCheckpoints(tx),
  ];
  const checkpoint = checkpoints.at(-1);
  const said = (last?.after ?? {}) as { upTo?: number; problems?: string[] };
  return {
    last: last
      ? {
          ok: last.action === verified,
          seq: said.upTo ?? 0,
          at: last.at.toISOString(),
          by: last.actorName,
          problems: said.problems ?? [],
        }
      : null,
    seq: head?.seq ?? 0,
    checkpoint: checkpoint ? { seq: checkpoint.seq, at: checkpoint.at.toISOString() } : null,
  };
}
