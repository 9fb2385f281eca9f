import { z } from "zod";
import { clientStanding, connectionStateChanged, consentEnding } from "../connections/contract";
import type { Topic } from "../core/context";
import { defineJob, type Tick } from "../core/jobs/define";
import { ChannelId } from "./contract";
import { deliver } from "./deliver";
import { deleteFinished, selectOverdue } from "./delivery-store";
import { deliverJobName, scheduleNext } from "./tell";
import { tellClientStanding, tellConsentEnding, tellStateChange } from "./tell-of-connections";

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

export const deliverJob = defineJob({
  name: deliverJobName,
  input: z.object({ userId: z.uuid(), channel: ChannelId }),
  run: deliver,
});

/** A job may be given up after its attempts; a row that waits never is. */
const overdueMs = 3 * 60_000;

export const deliverOverdueTick: Tick = {
  name: "notifications.deliver-overdue",
  rule: "40 * * * * *",
  run: (ctx) =>
    ctx.tx(async (tx) => {
      for (const lane of await selectOverdue(tx, new Date(tx.now().getTime() - overdueMs))) {
        await scheduleNext(tx, lane);
      }
    }),
};

const keptMs = 90 * 24 * 3_600_000;

/** Once a day: how old messages were carried is forgotten; the messages stay. */
export const forgetDeliveriesTick: Tick = {
  name: "notifications.forget-deliveries",
  rule: "0 53 2 * * *",
  run: (ctx) => ctx.tx((tx) => deleteFinished(tx, new Date(tx.now().getTime() - keptMs))),
};
