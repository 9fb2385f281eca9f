// Looks whether a requested report is ready, and stores it. Storing is one transaction: facts, revisions, rollups, coverage,
// the run's end and the news of it exist together or not at all.
import type { RowBatch } from "../amazon";
import { onBehalf } from "../connections";
import type { Ctx, TxCtx } from "../core/context";
import { failpoint } from "../core/failpoint";
import { reportCollected } from "./contract";
import { rollupSource } from "./report-types";
import { typeOf } from "./request-report";
import { enqueueStep, failRun, runStep, sessionFor, stepJobs } from "./run-step";
import { changeRun, type OpenRun, readRun } from "./run-store";
import type { ReportRun } from "./stage-rows";
import { storeReportRows } from "./store-report-rows";
import { backoffMs } from "./sync-failure";

const longestPollMs = 60_000;
const requestsOfARun = 2;

export const collectReport = (ctx: Ctx, { runId }: { runId: string }): Promise<void> =>
  runStep(ctx, runId, (open) => collect(ctx, open));

async function collect(ctx: Ctx, open: OpenRun): Promise<void> {
  const { run, account } = open;
  const { reportId, dialect } = run;
  if (run.state === "due" || !reportId) {
    await ctx.tx((tx) => enqueueStep(tx, run, { job: stepJobs.request }));
    return;
  }
  const reporting = ctx.services.amazon.reporting[dialect];
  const session = await sessionFor(ctx, account, "reports");
  const owner = { kind: "advertiser" as const, advertiserId: account.amazonId };
  const status = await session.withToken((accessToken) =>
    reporting.status({ region: account.region, accessToken, owner, reportId }),
  );
  if (status.state === "ready") {
    failpoint("report.ready");
    const batches = reporting.download({ region: account.region, url: status.url });
    return onBehalf(ctx, { connectionId: session.connectionId }, () => storeReport(ctx, open, batches));
  }
  await ctx.tx((tx) => {
    if (status.state === "failed")
      return askAgain(tx, open, `Amazon could not make the report: ${status.failureReason}.`);
    const overdue = (run.deadlineAt?.getTime() ?? 0) <= tx.now().getTime();
    return overdue ? askAgain(tx, open, "Amazon is slow: the report is not ready after 3 hours.") : pollLater(tx, open);
  });
}

async function pollLater(tx: TxCtx, { run }: OpenRun): Promise<void> {
  const nextAt = new Date(tx.now().getTime() + backoffMs(run.polls + 1, longestPollMs));
  const note = run.polls >= 8 ? "Amazon is still making the report." : null;
  if (!(await changeRun(tx, run.id, { polls: run.polls + 1, waits: 0, note, nextAt }))) return;
  await enqueueStep(tx, run, { job: stepJobs.collect, runAt: nextAt });
}

/** Once more, then a person may see that nothing came; the next slot asks for the same days again. */
async function askAgain(tx: TxCtx, { run }: OpenRun, note: string): Promise<void> {
  if (run.attempts >= requestsOfARun) {
    await failRun(tx, run.id, `${note} Asked ${run.attempts} times; the next sync covers these days again.`);
    return;
  }
  const again = { state: "due", reportId: null, note: `${note} Asked again.`, nextAt: tx.now(), polls: 0 } as const;
  if (await changeRun(tx, run.id, again)) await enqueueStep(tx, run, { job: stepJobs.request });
}

/** The rows stream through the open transaction, which holds no lock until they are all here. */
async function storeReport(ctx: Ctx, open: OpenRun, batches: AsyncIterable<RowBatch>): Promise<void> {
  const { run, account } = open;
  await ctx.tx(async (tx) => {
    const stillWanted = async () => {
      const present = await readRun(tx, run.id, { lock: true });
      return present?.run.state === "requested" && present.run.reportId === run.reportId;
    };
    const counts = await storeReportRows(tx, { type: typeOf(run), run: reportRun(open), stillWanted }, batches);
    if (!counts) return;
    const over = { state: "done", note: null, nextAt: null, waits: 0, finishedAt: tx.now() } as const;
    await changeRun(tx, run.id, { ...over, ...counts });
    for (const resource of changedBy(run)) await tx.changed(resource);
    const from = run.rangeStart ?? "";
    const to = run.rangeEnd ?? "";
    await tx.announce(reportCollected, { accountId: account.id, reportType: run.subject, from, to, runId: run.id });
    failpoint("collect.stored");
  });
  failpoint("collect.committed");
}

const changedBy = ({ subject }: OpenRun["run"]): string[] =>
  subject === rollupSource
    ? ["campaigns", "campaign-totals", "brand-dashboards", "level-rows", "fact-rows", "fact-totals", "sync-status"]
    : ["breakdowns", "reach-months", "report-coverage"];

function reportRun({ run, account }: OpenRun): ReportRun {
  const { rangeStart, rangeEnd, requestedAt } = run;
  if (!rangeStart || !rangeEnd || !requestedAt) throw new Error("A requested run without days or moment.");
  return {
    id: run.id,
    accountId: account.id,
    range: { from: rangeStart, to: rangeEnd },
    currency: account.currency,
    dialect: run.dialect,
    observedAt: requestedAt,
  };
}
