// Asks Amazon for the report of a run. Asked twice (a process died between answer and commit), Amazon answers 425 with the same id.
import { Rejected, Unauthorized } from "../amazon";
import { recordCapability } from "../connections";
import type { Capability } from "../connections/contract";
import type { Ctx, TxCtx } from "../core/context";
import { failpoint } from "../core/failpoint";
import { addDays, dayIn, daysBetween } from "./date-range";
import { ensureMonths } from "./fact-store";
import { type DayRange, isReportTypeId, type ReportType, reportTypes, rollupSource } from "./report-types";
import { enqueueStep, runStep, type Session, sessionFor, stepJobs } from "./run-step";
import { type AccountRow, changeRun, failWaiting, firstAskedAt, type OpenRun, type RunRow } from "./run-store";
import { failureOf } from "./sync-failure";

export const firstPollMs = 2_000;
/** Amazon takes up to 3 hours to make a report. */
const reportDeadlineMs = 3 * 3_600_000;

export const requestReport = (ctx: Ctx, { runId }: { runId: string }): Promise<void> =>
  runStep(ctx, runId, (open) => request(ctx, open));

export function typeOf(run: Pick<RunRow, "subject">): ReportType {
  if (!isReportTypeId(run.subject)) throw new Error(`No report type is called ${run.subject}.`);
  return reportTypes[run.subject];
}

async function request(ctx: Ctx, { run, account }: OpenRun): Promise<void> {
  if (run.state === "requested") {
    await ctx.tx((tx) => enqueueStep(tx, run, { job: stepJobs.collect }));
    return;
  }
  const range = askable(run, account, ctx.now());
  if (!range) {
    const note = "These days are older than Amazon keeps reports for.";
    await ctx.tx((tx) => changeRun(tx, run.id, { state: "done", note, finishedAt: tx.now(), nextAt: null }));
    return;
  }
  await ctx.tx((tx) => ensureMonths(tx, range.from, range.to));
  const asked = await ask(ctx, { run, account }, range);
  // The older dialect reaches less far back: its days are worked out anew.
  if (!asked) return request(ctx, { run: { ...run, dialect: "legacy" }, account });
  failpoint("report.requested");
  await ctx.tx(async (tx) => {
    const nextAt = new Date(tx.now().getTime() + firstPollMs);
    const changed = await changeRun(tx, run.id, {
      ...asked,
      state: "requested",
      rangeStart: range.from,
      rangeEnd: range.to,
      deadlineAt: new Date(tx.now().getTime() + reportDeadlineMs),
      attempts: run.attempts + 1,
      polls: 0,
      waits: 0,
      note: null,
      nextAt,
    });
    if (changed) await enqueueStep(tx, run, { job: stepJobs.collect, runAt: nextAt });
  });
  failpoint("report.stored");
}

/** The days of the run that the dialect still gives: a run may have waited since it was planned. */
function askable(run: RunRow, account: AccountRow, now: Date): DayRange | null {
  if (!run.rangeStart || !run.rangeEnd) throw new Error("A report run without days.");
  const { period } = typeOf(run);
  const { retention } = dialectOf(run);
  const oldest = addDays(dayIn(account.timeZone, now), 1 - retention);
  // Half a month would stand for the whole of it.
  if (run.rangeEnd < oldest || (period === "month" && run.rangeStart < oldest)) return null;
  return { from: daysBetween(run.rangeStart, oldest) > 0 ? oldest : run.rangeStart, to: run.rangeEnd };
}

function dialectOf(run: RunRow) {
  const dialect = typeOf(run).dialects[run.dialect];
  if (!dialect) throw new Error(`There is no ${run.dialect} report of the type ${run.subject}.`);
  return dialect;
}

/** @returns null where Amazon does not offer the run's dialect for the account: the run has the older one now */
async function ask(ctx: Ctx, { run, account }: OpenRun, range: DayRange) {
  const session = await sessionFor(ctx, account, "reports");
  const { period, dialects } = typeOf(run);
  const { type, groupBy, columns, adProduct } = dialectOf(run);
  const timeUnit = period === "day" ? ("DAILY" as const) : ("SUMMARY" as const);
  const question = { type, groupBy, columns, adProduct, startDate: range.from, endDate: range.to, timeUnit };
  const owner = { kind: "advertiser" as const, advertiserId: account.amazonId };
  const requestedAt = ctx.now();
  try {
    const { reportId, duplicate } = await session.withToken((accessToken) =>
      ctx.services.amazon.reporting[run.dialect].request({ region: account.region, accessToken, owner, question }),
    );
    await learn(ctx, { session, account }, { ok: true });
    // A report that was made already says what was so when it was first asked for.
    const earlier = duplicate ? await ctx.tx((tx) => firstAskedAt(tx, account.id, reportId)) : null;
    return { reportId, requestedAt: earlier ?? requestedAt, connectionId: session.connectionId };
  } catch (error) {
    // An account that Amazon has not moved to the present reports still has the older ones.
    if (run.dialect === "v3" && dialects.legacy && error instanceof Rejected && isNotOffered(error)) {
      await ctx.tx((tx) => changeRun(tx, run.id, { dialect: "legacy" }));
      return null;
    }
    if (run.subject !== rollupSource) await ctx.tx((tx) => refuseType(tx, run, error));
    else if (error instanceof Unauthorized) await learn(ctx, { session, account }, refused(error));
    throw error;
  }
}

const isNotOffered = ({ status }: Rejected): boolean => status === 403 || status === 404;

/** What Amazon refuses one type for says nothing of the others: its waiting runs end with it, and the next day's pull asks again. */
async function refuseType(tx: TxCtx, run: RunRow, error: unknown): Promise<void> {
  const failure = failureOf(error, run.waits);
  if (failure?.kind === "fail") await failWaiting(tx, run, failure.note);
}

const refused = ({ details }: Unauthorized): Capability => ({
  ok: false,
  reason: `Amazon refused reports to this Amazon user${details ? `: ${details}` : ""}.`,
  remedy: "Ask for the right to reports of this advertiser at Amazon, then look for accounts again.",
});

/** Whether a connection may read reports shows only at its first use; another connection may have the right. */
async function learn(
  ctx: Ctx,
  { session: { connectionId }, account }: { session: Session; account: AccountRow },
  capability: Capability,
) {
  await ctx.tx((tx) => recordCapability(tx, { accountId: account.id, connectionId, name: "reports", capability }));
}
