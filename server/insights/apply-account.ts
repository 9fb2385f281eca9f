// Sends one account's part of a change set. May be run again at any point, and never holds a transaction while Amazon is asked.

import { Unauthorized } from "../amazon";
import { onBehalf, recordCapability } from "../connections";
import type { Ctx, TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { type ApplyInput, enqueueApply } from "./apply-job";
import { mostItems } from "./change-contract";
import { type AccountRow, changeItem, lockSet, type OpenItem, type SetRow, selectItems } from "./change-store";
import { endIfOver } from "./end-changes";
import { judgeItem } from "./judge-item";
import { heldKey, heldValues, readHeld } from "./read-held";
import { givenUpAfterMs, type Session, sessionFor } from "./run-step";
import { batchesOf, type Ready, sendBatch, storeOutcome } from "./send-changes";
import { failureOf } from "./sync-failure";

/** Amazon may take so long to show what it was told: before, what it holds proves nothing. */
const settleMs = 10_000;

interface Work {
  set: SetRow;
  account: AccountRow;
  items: OpenItem[];
}

export async function applyAccount(ctx: Ctx, input: ApplyInput): Promise<void> {
  const work = await ctx.tx((tx) => readWork(tx, input));
  if (!work) return;
  const { account } = work;
  const concerns = { accountId: account.id, brandId: account.brandId, priority: "person" as const };
  let session: Session | undefined;
  try {
    await onBehalf(ctx, concerns, async () => {
      session = await sessionFor(ctx, account, "write");
      await sendAll(ctx, { work, session, input });
      await learn(ctx, { account, session }, { ok: true });
    });
  } catch (error) {
    if (error instanceof Unauthorized && error.operation.startsWith("dsp.update") && session) {
      await learnReadOnly(ctx, { account, session, input }, error);
    } else await putOff(ctx, { work, input }, error);
  }
}

async function readWork(tx: TxCtx, { setId, accountId, actor }: ApplyInput): Promise<Work | null> {
  const set = await lockSet(tx, setId);
  if (set?.state !== "applying") return null;
  const open = {
    setId,
    accountId,
    states: ["waiting" as const, "sending" as const],
    permission: "campaigns.write" as const,
  };
  const items = await selectItems(tx, open, mostItems);
  const [first] = items;
  if (!first) {
    await endIfOver(tx, setId, actor);
    return null;
  }
  return { set, account: first.account, items };
}

interface Round {
  work: Work;
  session: Session;
  input: ApplyInput;
}

async function sendAll(ctx: Ctx, { work, session, input }: Round): Promise<void> {
  const { account, items } = work;
  const young = items.flatMap(({ item }) => (item.state === "sending" && item.sentAt ? item.sentAt.getTime() : []));
  const restMs = Math.max(0, ...young) + settleMs - ctx.now().getTime();
  if (young.length > 0 && restMs > 0) {
    const note = "No answer came: Amazon is asked what it holds.";
    throw new AppError("unavailable", note, { retryAfterSeconds: Math.ceil(restMs / 1000) });
  }
  const held = await readHeld(
    ctx,
    { account, session },
    items.map(({ item }) => item),
  );
  const ready: Ready[] = [];
  await ctx.tx(async (tx) => {
    for (const open of items) {
      const { item } = open;
      const one = held.get(heldKey(item));
      const verdict = judgeItem(item, one ? heldValues(one) : null);
      if (verdict.kind === "over") await storeOutcome(tx, input, { open }, { ...verdict, from: item.state });
      else if (one) {
        if (verdict.kind === "not_landed")
          await changeItem(tx, item, { from: "sending", state: "waiting", sentAt: null });
        ready.push({ open, held: one });
      }
    }
    await endIfOver(tx, work.set.id, input.actor);
    await tx.changed("change-sets", [work.set.id]);
  });
  const sending = { account, session, setId: work.set.id, actor: input.actor };
  for (const batch of batchesOf(ready)) await sendBatch(ctx, sending, batch);
}

type Learning = Pick<Round, "session"> & { account: AccountRow };

/** A first use has shown what the probe could not. */
function learn(
  ctx: Ctx,
  { account, session }: Learning,
  capability: { ok: boolean; reason?: string; remedy?: string },
): Promise<void> {
  const { connectionId } = session;
  return ctx.tx((tx) => recordCapability(tx, { accountId: account.id, connectionId, name: "write", capability }));
}

/** The Amazon user may not edit: another connection may, and if none does the items are refused. */
async function learnReadOnly(ctx: Ctx, { input, ...learning }: Learning & { input: ApplyInput }, error: Unauthorized) {
  const said = error.details ? ` Amazon says: ${error.details}.` : "";
  await learn(ctx, learning, {
    ok: false,
    reason: `The Amazon user may only view this advertiser.${said}`,
    remedy: "Give the user the right to edit in Amazon's console, then check again.",
  });
  await ctx.tx((tx) => enqueueApply(tx, { ...input, waits: input.waits + 1 }));
}

async function putOff(ctx: Ctx, { work, input }: { work: Work; input: ApplyInput }, error: unknown): Promise<void> {
  const failure = failureOf(error, input.waits);
  if (!failure) throw error;
  const startedAt = work.set.startedAt ?? ctx.now();
  const nextAt = new Date(ctx.now().getTime() + (failure.kind === "wait" ? failure.afterMs : 0));
  const isOver = failure.kind === "fail" || nextAt.getTime() > startedAt.getTime() + givenUpAfterMs;
  ctx.log.warn({ setId: input.setId, accountId: input.accountId, reason: failure.note, isOver }, "changes put off");
  await ctx.tx(async (tx) => {
    const read = await readWork(tx, input);
    const items = read?.items ?? [];
    if (!isOver) {
      for (const { item } of items) await changeItem(tx, item, { from: item.state, message: failure.note });
      await enqueueApply(tx, { ...input, waits: input.waits + 1 }, nextAt);
    } else {
      const code = failure.kind === "fail" ? "READ_ONLY" : "GIVEN_UP";
      for (const open of items) await giveUp(tx, input, { open, code, note: failure.note });
      await endIfOver(tx, input.setId, input.actor);
    }
    await tx.changed("change-sets", [input.setId]);
  });
}

const messages = (note: string, from: OpenItem["item"]["state"]): Record<string, string> => ({
  GIVEN_UP: `Given up after a day. ${note}`,
  BROKE_OFF:
    from === "sending" ? "Sent, but the work broke off before the answer." : "Not sent: the work broke off here.",
});

/** The job will not run again: each item says whether it was sent. */
export async function breakOff(ctx: Ctx, input: ApplyInput): Promise<void> {
  await ctx.tx(async (tx) => {
    const read = await readWork(tx, input);
    for (const open of read?.items ?? []) await giveUp(tx, input, { open, code: "BROKE_OFF", note: "" });
    await endIfOver(tx, input.setId, input.actor);
    await tx.changed("change-sets", [input.setId]);
  });
}

/** What was never sent is refused; what was, is unsure. */
async function giveUp(
  tx: TxCtx,
  input: ApplyInput,
  { open, code, note }: { open: OpenItem; code: string; note: string },
) {
  const from = open.item.state;
  const message = messages(note, from)[code] ?? note;
  if (from === "sending") await storeOutcome(tx, input, { open }, { from, state: "unsure", code: "UNSURE", message });
  else await storeOutcome(tx, input, { open }, { from, state: "refused", code, message });
}
