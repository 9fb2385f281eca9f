// Takes one ask on from where it is: asks Amazon, looks whether the report is made, stores its rows. May be run again at any point, and
// holds no transaction while Amazon is asked.
import { onBehalf } from "../connections";
import type { Ctx, TxCtx } from "../core/context";
import { failpoint } from "../core/failpoint";
import { backoffMs, failureOf, type Session, sessionFor } from "../insights";
import { customReportType } from "./catalogue";
import { type AskKey, changeAsk, type OpenAsk, readAsk } from "./store";
import { storeAnswer } from "./store-answer";

export const stepAskName = "reports.step";

const firstPollMs = 2_000;
const longestPollMs = 60_000;
/** Amazon takes up to 3 hours to make a report. */
const deadlineMs = 3 * 3_600_000;
const mostRequests = 2;
const givenUpAfterMs = 24 * 3_600_000;

/** In the queue of the account's syncs, one after the other; an ask has at most one step waiting. */
export const enqueueStep = (tx: TxCtx, { reportId, accountId }: AskKey, runAt?: Date): Promise<void> =>
  tx.enqueue(
    stepAskName,
    { reportId, accountId },
    { runAt, key: `custom-report:${reportId}:${accountId}`, queue: `account:${accountId}` },
  );

export async function stepAsk(ctx: Ctx, key: AskKey): Promise<void> {
  const open = await ctx.tx((tx) => readAsk(tx, key));
  if (!open || open.ask.state === "done" || open.ask.state === "failed") return;
  const { account, ask } = open;
  const concerns = { accountId: account.id, brandId: account.brandId, priority: "person" as const };
  try {
    await onBehalf(ctx, concerns, () => (ask.state === "due" ? request(ctx, open) : collect(ctx, open)));
  } catch (error) {
    const failure = failureOf(error, ask.waits);
    if (!failure) throw error;
    await ctx.tx((tx) =>
      failure.kind === "fail" ? failAsk(tx, key, failure.note) : postpone(tx, open, failure.note, failure.afterMs),
    );
  }
}

const ownerOf = ({ account }: OpenAsk) => ({ kind: "advertiser" as const, advertiserId: account.amazonId });

async function request(ctx: Ctx, open: OpenAsk): Promise<void> {
  const { report, account, ask } = open;
  const type = customReportType(report.type);
  if (!type) throw new Error(`No report type is called ${report.type}.`);
  const session = await sessionFor(ctx, account, "reports");
  const question = {
    type: type.id,
    adProduct: type.adProduct === "ALL" ? type.adProduct : undefined,
    groupBy: report.groupBy,
    columns: report.columns,
    timeUnit: report.timeUnit,
    startDate: report.rangeStart,
    endDate: report.rangeEnd,
  };
  const requestedAt = ctx.now();
  // Asked twice (a process died between answer and commit), Amazon answers with the number of the same report.
  const { reportId, duplicate } = await session.withToken((accessToken) =>
    ctx.services.amazon.reporting.v3.request({ region: account.region, accessToken, owner: ownerOf(open), question }),
  );
  failpoint("custom-report.requested");
  await ctx.tx(async (tx) => {
    const nextAt = new Date(tx.now().getTime() + firstPollMs);
    const changed = await changeAsk(tx, keyOf(open), {
      state: "requested",
      amazonReportId: reportId,
      // Of an earlier report the moment is Amazon's to tell, once it is ready.
      requestedAt: duplicate ? null : requestedAt,
      deadlineAt: new Date(tx.now().getTime() + deadlineMs),
      attempts: ask.attempts + 1,
      polls: 0,
      waits: 0,
      note: duplicate ? "Amazon was asked the very same before, and answers with that report." : null,
      nextAt,
    });
    if (changed) await enqueueStep(tx, keyOf(open), nextAt);
  });
}

async function collect(ctx: Ctx, open: OpenAsk): Promise<void> {
  const { ask, account } = open;
  const reportId = ask.amazonReportId;
  if (!reportId) throw new Error("A requested report without a number.");
  const reporting = ctx.services.amazon.reporting.v3;
  const session: Session = await sessionFor(ctx, account, "reports");
  const status = await session.withToken((accessToken) =>
    reporting.status({ region: account.region, accessToken, owner: ownerOf(open), reportId }),
  );
  if (status.state === "ready") {
    const batches = reporting.download({ region: account.region, url: status.url });
    const requestedAt = ask.requestedAt ?? status.askedAt ?? null;
    return onBehalf(ctx, { connectionId: session.connectionId }, () =>
      storeAnswer(ctx, open, { batches, requestedAt }),
    );
  }
  await ctx.tx((tx) => {
    if (status.state === "failed")
      return askAgain(tx, open, `Amazon could not make the report: ${status.failureReason}.`);
    const overdue = (ask.deadlineAt?.getTime() ?? 0) <= tx.now().getTime();
    return overdue ? askAgain(tx, open, "Amazon is slow: the report is not ready after 3 hours.") : pollLater(tx, open);
  });
}

async function pollLater(tx: TxCtx, open: OpenAsk): Promise<void> {
  const { polls, note } = open.ask;
  const nextAt = new Date(tx.now().getTime() + backoffMs(polls + 1, longestPollMs));
  const words = polls >= 8 ? "Amazon is still making the report." : note;
  if (!(await changeAsk(tx, keyOf(open), { polls: polls + 1, waits: 0, note: words, nextAt }))) return;
  await enqueueStep(tx, keyOf(open), nextAt);
}

async function askAgain(tx: TxCtx, open: OpenAsk, note: string): Promise<void> {
  const { attempts } = open.ask;
  if (attempts >= mostRequests)
    return failAsk(tx, keyOf(open), `${note} Asked ${attempts} times; run the report again later.`);
  const again = {
    state: "due",
    amazonReportId: null,
    note: `${note} Asked again.`,
    nextAt: tx.now(),
    polls: 0,
  } as const;
  if (await changeAsk(tx, keyOf(open), again)) await enqueueStep(tx, keyOf(open));
}

async function postpone(tx: TxCtx, open: OpenAsk, note: string, afterMs: number): Promise<void> {
  const nextAt = new Date(tx.now().getTime() + afterMs);
  if (nextAt.getTime() > open.report.createdAt.getTime() + givenUpAfterMs) {
    return failAsk(tx, keyOf(open), `Given up after a day. ${note}`);
  }
  if (!(await changeAsk(tx, keyOf(open), { note, nextAt, waits: open.ask.waits + 1 }))) return;
  await enqueueStep(tx, keyOf(open), nextAt);
}

export async function failAsk(tx: TxCtx, key: AskKey, note: string): Promise<void> {
  const open = await readAsk(tx, key);
  const failed = await changeAsk(tx, key, { state: "failed", note, finishedAt: tx.now(), nextAt: null });
  if (!open || !failed) return;
  const { report, account } = open;
  await tx.audit({
    action: "custom_report.failed",
    target: { type: "custom-report", id: report.id, label: report.name },
    brandId: account.brandId,
    after: { account: account.name, note },
  });
}

const keyOf = ({ ask: { reportId, accountId } }: OpenAsk): AskKey => ({ reportId, accountId });
