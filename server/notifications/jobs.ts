import { z } from "zod";
import { clientStanding, connectionStateChanged, consentEnding } from "../connections/contract";
import type { Topic } from "../core/context";
import { defineJob, type Tick } from "../core/jobs/define";
import { sendLetterJobName } from "../core/letters";
import { keyExpiring } from "../workspace/key-contract";
import { ChannelId } from "./contract";
import { deliver } from "./deliver";
import { deleteFinished, selectOverdue } from "./delivery-store";
import { deleteMails, selectOverdueMails } from "./mail-store";
import { sendLetter } from "./send-letter";
import { deliverJobName, scheduleNext } from "./tell";
import { tellClientStanding, tellConsentEnding, tellStateChange } from "./tell-of-connections";
import { tellKeyExpiring } from "./tell-of-keys";

/** The topic's own shape is the job's input. */
const payloadOf = <T>(topic: Topic<T>) => z.unknown().transform((payload) => topic.parse(payload));

export const tellStateChangeJob = defineJob({
  name: "notifications.connection-state",
  input: payloadOf(connectionStateChanged),
  on: [connectionStateChanged],
  run: tellStateChange,
});

export const tellConsentEndingJob = defineJob({
  name: "notifications.consent-ending",
  input: payloadOf(consentEnding),
  on: [consentEnding],
  run: tellConsentEnding,
});

export const tellClientStandingJob = defineJob({
  name: "notifications.client-standing",
  input: payloadOf(clientStanding),
  on: [clientStanding],
  run: tellClientStanding,
});

export const tellKeyExpiringJob = defineJob({
  name: "notifications.key-expiring",
  input: payloadOf(keyExpiring),
  on: [keyExpiring],
  run: tellKeyExpiring,
});

export const deliverJob = defineJob({
  name: deliverJobName,
  input: z.object({ userId: z.uuid(), channel: ChannelId }),
  run: deliver,
});

export const sendLetterJob = defineJob({
  name: sendLetterJobName,
  input: z.object({ id: z.uuid() }),
  run: sendLetter,
});

/** A job may be given up after its attempts; a row that waits never is. */
const overdueMs = 3 * 60_000;

export const deliverOverdueTick: Tick = {
  name: "notifications.deliver-overdue",
  rule: "40 * * * * *",
  run: (ctx) =>
    ctx.tx(async (tx) => {
      const before = new Date(tx.now().getTime() - overdueMs);
      for (const lane of await selectOverdue(tx, before)) await scheduleNext(tx, lane);
      for (const id of await selectOverdueMails(tx, before)) {
        await tx.enqueue(sendLetterJobName, { id }, { key: `letter:${id}` });
      }
    }),
};

const keptMs = 90 * 24 * 3_600_000;

/** Once a day: how old messages were carried, and old mails, are forgotten; the messages stay. */
export const forgetDeliveriesTick: Tick = {
  name: "notifications.forget-deliveries",
  rule: "0 53 2 * * *",
  run: (ctx) =>
    ctx.tx(async (tx) => {
      const before = new Date(tx.now().getTime() - keptMs);
      await deleteFinished(tx, before);
      await deleteMails(tx, before);
    }),
};
