// Is the log what was written? Walks an agency's whole chain and holds it against every checkpoint, in the database and outside.
import type { Ctx, TxCtx } from "../core/context";
import { findHead, findStart, linksBetween, selectCheckpoints, selectSigningKeys, unlinkedEvents } from "./chain-store";
import { type ChainCheck, checkChain, type Place, type Problem } from "./check-chain";
import { readCheckpoints } from "./checkpoint-file";
import { retentionFloorDays, type Verification } from "./contract";
import { isSignedBy, keyIdOf, type SignedCheckpoint } from "./signing";
import { isOurs } from "./signing-keys";
import { signedOf } from "./take-checkpoint";

/** More than these say no more. */
const mostProblems = 25;

export async function verifyChain(ctx: Ctx): Promise<Verification> {
  const filed = await readCheckpoints(ctx.services.checkpointFolder, ctx.agencyId);
  return ctx.tx(async (tx) => {
    for (let tries = 0; ; tries++) {
      const found = await verifyOnce(tx, filed);
      // Retention may have moved the beginning meanwhile.
      const moved = (await findStart(tx)).seq !== found.from;
      if (!moved || tries === 3) return found;
    }
  });
}

async function verifyOnce(tx: TxCtx, filed: Awaited<ReturnType<typeof readCheckpoints>>): Promise<Verification> {
  const problems: Problem[] = [];
  const report = (problem: Problem) => {
    if (problems.length < mostProblems) problems.push(problem);
  };
  const [start, head] = [await findStart(tx), await findHead(tx)];
  const known = await checkCheckpoints(tx, filed, report);
  checkStart(tx, start, report);
  const check = checkChain(start, known, report);
  let events = 0;
  for await (const link of linksBetween(tx, start.seq, Number.MAX_SAFE_INTEGER)) {
    events++;
    check.step(link);
  }
  checkEnd(check, { head, known, start }, report);
  for (const eventId of await unlinkedEvents(tx, mostProblems)) {
    report({ seq: null, eventId, message: `Event ${eventId} is in no link: it was put in past the log.` });
  }
  return {
    ok: problems.length === 0,
    problems,
    events,
    from: start.seq,
    seq: check.at().seq,
    hash: check.at().hash,
    checkedAt: tx.now().toISOString(),
  };
}

function checkStart(tx: TxCtx, start: Place & { at: Date | null }, report: (problem: Problem) => void): void {
  if (!start.at) return;
  const youngest = tx.now().getTime() - retentionFloorDays * 24 * 3_600_000;
  if (start.at.getTime() <= youngest) return;
  const message = `Events up to ${start.seq} are gone although they are younger than ${retentionFloorDays} days.`;
  report({ seq: start.seq, eventId: null, message });
}

function checkEnd(
  check: ChainCheck,
  { head, known, start }: { head: Place | null; known: ReadonlyMap<number, string>; start: Place },
  report: (problem: Problem) => void,
): void {
  const last = check.at();
  if (!head && last.seq > 0)
    report({ seq: last.seq, eventId: null, message: "The end of the chain is not kept any more." });
  if (head && head.seq !== last.seq) {
    report({
      seq: last.seq + 1,
      eventId: null,
      message: `The chain ends at ${last.seq}, but it had come to ${head.seq}.`,
    });
  } else if (head && head.hash !== last.hash) {
    report({ seq: last.seq, eventId: null, message: `The last link, ${last.seq}, is not the one that was written.` });
  }
  const furthest = Math.max(0, ...known.keys());
  if (furthest > Math.max(last.seq, start.seq)) {
    const message = `A signed checkpoint stands at ${furthest}, but the chain ends at ${last.seq}: later events were removed, or an older backup was put back.`;
    report({ seq: furthest, eventId: null, message });
  }
}

/** @returns what those that hold say of the chain */
async function checkCheckpoints(
  tx: TxCtx,
  filed: Awaited<ReturnType<typeof readCheckpoints>>,
  report: (problem: Problem) => void,
): Promise<Map<number, string>> {
  const known = new Map<number, string>();
  const keys = new Map((await selectSigningKeys(tx)).map((row) => [row.id, row]));
  const kept = (await selectCheckpoints(tx)).map(signedOf);
  const say = (seq: number | null, message: string) => report({ seq, eventId: null, message });
  for (const checkpoint of kept) {
    const key = keys.get(checkpoint.keyId);
    if (key && isOurs(tx.services.vault, key) && isSignedBy(checkpoint, key.publicKey))
      known.set(checkpoint.seq, checkpoint.hash);
    else
      say(
        checkpoint.seq,
        `The checkpoint at ${checkpoint.seq} is not as it was signed, or its key ${checkpoint.keyId} is not this installation's.`,
      );
  }
  const inDatabase = new Set(kept.map(identityOf));
  for (const line of filed) {
    const holds = line !== null && line.agencyId === tx.agencyId && keyIdOf(line.publicKey) === line.keyId;
    if (!holds || !isSignedBy(line, line.publicKey)) {
      say(line?.seq ?? null, "A line of the checkpoint file is not as it was signed.");
      continue;
    }
    if (inDatabase.has(identityOf(line))) continue;
    say(
      line.seq,
      `The checkpoint file has one at ${line.seq} that the database does not have: it was removed or replaced, or an older backup was put back.`,
    );
    known.set(line.seq, line.hash);
  }
  return known;
}

const identityOf = ({ seq, hash, signature }: SignedCheckpoint) => `${seq} ${hash} ${signature}`;
