import { listSyncableAccounts } from "../connections";
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { dayIn, isDay } from "./date-range";
import { piecesOf } from "./due-reports";
import type { Slot } from "./due-slots";
import { startSlots } from "./plan-slots";
import { FillGap } from "./report-contract";
import { firstAskable } from "./report-coverage";
import { isReportTypeId, type ReportType, reportTypes } from "./report-types";
import { scopeAccounts } from "./scope-store";

/** Asks Amazon again for days of one report of an account, as far as it still keeps them; at most once a minute. */
export const fillGap = command({
  name: "report.fill",
  permission: "insights.write",
  input: FillGap,
  brandOf: async ({ id }, tx) => (await coveredBy(tx, id)).account.brandId,
  async run(tx, { id, from, to }) {
    const { account, type } = await coveredBy(tx, id);
    const today = dayIn(account.timeZone, tx.now());
    const range = { from, to: to < today ? to : today };
    requireDays(type, range, today);
    if (!(await listSyncableAccounts(tx)).some((one) => one.id === account.id)) {
      throw new AppError("precondition", "No healthy connection reaches this account.", {
        remedy: "Connect the Amazon user again under Connections.",
      });
    }
    const oldest = firstAskable(type, today);
    const askable = { from: from < oldest ? oldest : from, to: range.to };
    const key = `manual:${tx.now().toISOString().slice(0, 16)}`;
    const slots = piecesOf(type, askable, today).map(
      (piece, index): Slot => ({ subject: type.id, kind: "manual", key: `${key}:${index + 1}`, range: piece }),
    );
    const started = await startSlots(
      tx,
      slots.map((slot) => ({ accountId: account.id, slot })),
    );
    const target = { type: "account", id: account.id, label: account.name };
    const after = { report: type.label, ...askable };
    return {
      result: { started },
      audit: started > 0 ? { action: "account.report_asked", target, brandId: account.brandId, after } : null,
    };
  },
});

/** @param id `<account>:<report type>` */
async function coveredBy(tx: TxCtx, id: string) {
  const [accountId = "", typeId = ""] = id.split(":");
  const [account] = await scopeAccounts(tx, { accountIds: [accountId], permission: null });
  if (!account || !isReportTypeId(typeId)) throw notFound("The report");
  const type: ReportType = reportTypes[typeId];
  return { account, type };
}

function requireDays(type: ReportType, { from, to }: { from: string; to: string }, today: string): void {
  const wrong = !isDay(from) ? "from" : !isDay(to) || to < from ? "to" : null;
  if (wrong) {
    throw new AppError("malformed", "These are no days that could be asked for.", {
      fields: {
        [wrong]: wrong === "from" ? "choose a day of the calendar" : "choose a day from the first on, not after today",
      },
    });
  }
  const oldest = firstAskable(type, today);
  if (to >= oldest) return;
  throw new AppError("precondition", `Amazon keeps this report from ${oldest} on: the days before are gone there.`, {
    remedy: "What was stored of them stays; what was not cannot be fetched any more.",
  });
}
