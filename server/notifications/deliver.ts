import type { AuditEntry, Ctx, TxCtx } from "../core/context";
import { failpoint } from "../core/failpoint";
import { mailLook } from "../workspace";
import { channels } from "./channels";
import type { Channel, Post, SendResult } from "./channels/channel";
import {
  endAttempt,
  type Lane,
  lastSentAt,
  lockWaiting,
  selectPosted,
  startAttempt,
  withdrawWaiting,
} from "./delivery-store";
import { brandOfMail } from "./mail-brand-store";
import { nextBatch, retryDelay } from "./next-batch";
import { findAddressee } from "./preference-store";
import { scheduleNext } from "./tell";

/** Longer than one sending may take: a process that died meanwhile is known by it. */
const attemptMs = 120_000;

interface Batch {
  ids: string[];
  /** Attempts so far, this one included. */
  attempts: number;
  post: Post;
}

/**
 * Sends what waits for a person in one mail. May be run again at any point: a process that dies after the mail was taken
 * and before that is written down leads to one more of the same mail, under the same id.
 */
export async function deliver(ctx: Ctx, lane: Lane): Promise<void> {
  const channel = channels.find(({ id }) => id === lane.channel);
  // Rows wait until the channel is set up again; the tick comes back to them.
  if (!channel?.isReady(ctx.services)) return;
  const batch = await ctx.tx((tx) => takeBatch(tx, lane));
  if (!batch) return;
  failpoint("deliver.taken");
  const result = await send(ctx, channel, batch.post);
  failpoint("deliver.sent");
  await ctx.tx((tx) => finish(tx, { lane, batch, result }));
}

async function takeBatch(tx: TxCtx, lane: Lane): Promise<Batch | null> {
  const person = await findAddressee(tx, lane.userId);
  if (!person?.wanted[lane.channel] || person.state !== "active") {
    await withdrawWaiting(tx, lane);
    return null;
  }
  const plan = nextBatch(await lockWaiting(tx, lane), await lastSentAt(tx, lane), tx.now());
  if (plan.kind === "wait") await scheduleNext(tx, lane);
  if (plan.kind !== "send") return null;
  const { rows, externalId } = plan;
  const ids = rows.map(({ id }) => id);
  await startAttempt(tx, ids, { externalId, nextAt: new Date(tx.now().getTime() + attemptMs) });
  const messageIds = rows.map(({ messageId }) => messageId);
  const messages = await selectPosted(tx, messageIds);
  const look = await mailLook(tx, await brandOfMail(tx, lane.userId, messageIds));
  const { name, address } = person;
  const post: Post = { externalId, to: { name, address }, messages, publicUrl: tx.services.publicUrl, look };
  return { ids, attempts: Math.max(...rows.map(({ attempts }) => attempts)) + 1, post };
}

async function send(ctx: Ctx, channel: Channel, post: Post): Promise<SendResult> {
  try {
    return await channel.send(ctx.services, post);
  } catch (error) {
    ctx.log.error({ err: error, channel: channel.id }, "delivery failed");
    return { kind: "later", note: `${channel.label} could not be sent.` };
  }
}

async function finish(
  tx: TxCtx,
  { lane, batch, result }: { lane: Lane; batch: Batch; result: SendResult },
): Promise<void> {
  const { ids, attempts } = batch;
  const now = tx.now();
  if (result.kind === "sent") {
    await endAttempt(tx, ids, { state: "sent", sentAt: now, nextAt: null, note: null });
  } else {
    const delay = result.kind === "later" ? retryDelay(attempts) : null;
    tx.log.warn({ channel: lane.channel, note: result.note, attempts, again: delay !== null }, "delivery not accepted");
    await endAttempt(tx, ids, {
      note: result.note,
      ...(delay === null ? { state: "failed", nextAt: null } : { nextAt: new Date(now.getTime() + delay) }),
    });
    if (delay === null) await tx.audit(givenUp(lane, batch, result.note));
  }
  await scheduleNext(tx, lane);
}

const givenUp = (lane: Lane, { ids, attempts, post }: Batch, note: string): AuditEntry => ({
  action: "message.delivery_failed",
  target: { type: "user", id: lane.userId, label: post.to.name },
  after: { channel: lane.channel, messages: ids.length, attempts, note },
});
