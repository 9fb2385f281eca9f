// One batch to Amazon. Before it is sent its items say so, after the answer each has its outcome: whoever dies in between leaves
// items that say `sending`, which are settled by asking Amazon, and never sent again blindly.

import {
  type AdGroup,
  AmazonError,
  type Campaign,
  Rejected,
  Throttled,
  Unavailable,
  UnexpectedShape,
  type UpdateOutcome,
} from "../amazon";
import { appendAudit } from "../audit";
import type { Actor, Ctx, TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { failpoint } from "../core/failpoint";
import { adGroupChange, campaignChange } from "./amazon-change";
import type { ChangeValues } from "./change-contract";
import { type AccountRow, changeItem, type ItemRow, lockSet, type OpenItem } from "./change-store";
import { endIfOver } from "./end-changes";
import { errorWords, type ItemError } from "./error-words";
import { itemEvent } from "./item-event";
import { type Held, storeHeld } from "./read-held";
import type { Session } from "./run-step";

/** Most items of one write (contracts 3.3). */
const batchSizes = { campaign: 5, "ad-group": 20 } as const;

export interface Ready {
  open: OpenItem;
  held: Held;
}

export interface Sending {
  account: AccountRow;
  session: Session;
  setId: string;
  actor: Actor;
}

/** Campaigns before their ad groups, in batches as Amazon takes them. */
export function batchesOf(ready: readonly Ready[]): Ready[][] {
  return (["campaign", "ad-group"] as const).flatMap((entity) => {
    const ones = ready.filter(({ held }) => held.entity === entity);
    const size = batchSizes[entity];
    return Array.from({ length: Math.ceil(ones.length / size) }, (_, index) =>
      ones.slice(index * size, (index + 1) * size),
    );
  });
}

export async function sendBatch(ctx: Ctx, sending: Sending, batch: readonly Ready[]): Promise<void> {
  const taken = await ctx.tx((tx) => take(tx, sending, batch));
  if (taken.length === 0) return;
  failpoint("changes.marked");
  const listing = { accountId: sending.account.id, startedAt: ctx.now() };
  const outcome = await ask(ctx, sending, taken).catch((error: unknown) =>
    settleFailure(ctx, { sending, taken }, error),
  );
  failpoint("changes.answered");
  if (!outcome) return;
  await ctx.tx(async (tx) => {
    for (const { index, held } of outcome.success) {
      const one = taken[index];
      if (!one) continue;
      await storeHeld(tx, listing, [held]);
      await storeOutcome(tx, sending, one, { state: "applied", requestId: outcome.requestId });
    }
    for (const { index, errors } of outcome.error) {
      const one = taken[index];
      if (one) await storeErrors(tx, sending, { one, errors, requestId: outcome.requestId });
    }
    await endIfOver(tx, sending.setId, sending.actor);
    await tx.changed("change-sets", [sending.setId]);
  });
  failpoint("changes.stored");
  const [unanswered] = outcome.unanswered;
  if (unanswered) throw unanswered.cause;
  const passing = outcome.error.some(({ errors }) => errors.some(({ code }) => passingCodes.includes(code)));
  if (passing) throw new AppError("unavailable", "Amazon could not take all of it now.", { retryAfterSeconds: 30 });
}

/** Codes of one item that say nothing against it. */
const passingCodes = ["TOO_MANY_REQUESTS", "INTERNAL_ERROR"];

interface Refused {
  one: Ready;
  errors: ItemError[];
  requestId: string | undefined;
}

async function storeErrors(tx: TxCtx, sending: Sending, { one, errors, requestId }: Refused): Promise<void> {
  const [first] = errors;
  if (first?.code === "TOO_MANY_REQUESTS") {
    await changeItem(tx, one.open.item, { from: "sending", state: "waiting", sentAt: null });
  } else if (first?.code !== "INTERNAL_ERROR") {
    const message = errors.map(errorWords).join("; ");
    await storeOutcome(tx, sending, one, { state: "refused", code: first?.code, message, requestId });
  }
  // After an INTERNAL_ERROR it may have landed: it stays `sending`, and Amazon is asked.
}

/** Marks those that still wait, while the set is being applied. */
async function take(tx: TxCtx, { setId }: Sending, batch: readonly Ready[]): Promise<Ready[]> {
  const set = await lockSet(tx, setId);
  if (set?.state !== "applying") return [];
  const taken: Ready[] = [];
  for (const one of batch) {
    const mark = { from: "waiting", state: "sending", sentAt: tx.now(), code: null, message: null } as const;
    if (await changeItem(tx, one.open.item, mark)) taken.push(one);
  }
  await tx.changed("change-sets", [setId]);
  return taken;
}

interface Answer extends Pick<UpdateOutcome<Campaign | AdGroup>, "error" | "unanswered" | "requestId"> {
  success: { index: number; held: Held }[];
}

function ask(ctx: Ctx, { account, session }: Sending, taken: readonly Ready[]): Promise<Answer> {
  const { dsp } = ctx.services.amazon;
  return session.withToken(async (accessToken): Promise<Answer> => {
    const place = { region: account.region, accessToken, advertiserId: account.amazonId };
    const campaigns = taken.flatMap(({ held, open }) =>
      held.entity === "campaign" ? campaignChange(held.source, open.item.after as ChangeValues) : [],
    );
    if (campaigns.length > 0) {
      const { success, ...rest } = await dsp.updateCampaigns({ ...place, changes: campaigns });
      return {
        ...rest,
        success: success.map(({ index, item }) => ({ index, held: { entity: "campaign", source: item } })),
      };
    }
    const adGroups = taken.flatMap(({ held, open }) =>
      held.entity === "ad-group" ? adGroupChange(held.source, open.item.after as ChangeValues) : [],
    );
    const { success, ...rest } = await dsp.updateAdGroups({ ...place, changes: adGroups });
    return {
      ...rest,
      success: success.map(({ index, item }) => ({ index, held: { entity: "ad-group", source: item } })),
    };
  });
}

/** What was refused as a whole is refused item by item; what cannot have landed waits again; the rest stays `sending`. */
async function settleFailure(
  ctx: Ctx,
  { sending, taken }: { sending: Sending; taken: readonly Ready[] },
  error: unknown,
): Promise<null> {
  if (error instanceof Rejected) {
    const message = error.details ?? error.message;
    const outcome = { state: "refused", code: error.amazonCode, message, requestId: error.requestId } as const;
    await ctx.tx(async (tx) => {
      for (const one of taken) await storeOutcome(tx, sending, one, outcome);
      await endIfOver(tx, sending.setId, sending.actor);
      await tx.changed("change-sets", [sending.setId]);
    });
    return null;
  }
  if (!mayHaveLanded(error)) {
    await ctx.tx(async (tx) => {
      for (const { open } of taken)
        await changeItem(tx, open.item, { from: "sending", state: "waiting", sentAt: null });
    });
  }
  throw error;
}

const mayHaveLanded = (error: unknown): boolean =>
  error instanceof Unavailable ||
  error instanceof UnexpectedShape ||
  (error instanceof AmazonError ? !(error instanceof Throttled) && error.kind !== "unauthorized" : !isRefusal(error));

/** No token was to be had: nothing was sent. */
const isRefusal = (error: unknown): boolean => error instanceof Error && "code" in error && error.name === "AppError";

interface Outcome {
  state: "applied" | "refused" | "unsure" | "skipped";
  code?: string | null;
  message?: string | null;
  requestId?: string | null;
}

/** Stores what became of an item, and writes it down in the name of who applied it. */
export async function storeOutcome(
  tx: TxCtx,
  { actor }: Pick<Sending, "actor">,
  { open }: Pick<Ready, "open">,
  { state, code = null, message = null, requestId = null, from = "sending" }: Outcome & { from?: ItemRow["state"] },
): Promise<void> {
  const changed = await changeItem(tx, open.item, { from, state, code, message, requestId, answeredAt: tx.now() });
  if (changed) await appendAudit({ ...tx, actor }, tx.db, itemEvent(open, { state, message }));
}
