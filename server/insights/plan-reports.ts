// Called by a tick of its own: inserts what is due of the reports that split delivery. An account's campaign report comes first; the
// others follow one type at a time, so that no account floods its queue, nor a slow type holds the others up for long.
import { listSyncableAccounts } from "../connections";
import type { Ctx, TxCtx } from "../core/context";
import { addDays, dayIn } from "./date-range";
import { dueReports, type ReportAccount } from "./due-reports";
import type { Slot } from "./due-slots";
import { settleDays } from "./metric";
import { startSlots } from "./plan-slots";
import { type AccountReports, reportHistory } from "./report-history";
import { breakdownTypes } from "./report-types";
import { lockPlanning } from "./run-store";

/** How long a backfill may be under way before the next type's is started beside it. */
const patienceMs = 15 * 60_000;

/** @returns how many runs this call started */
export const planReports = (ctx: Ctx): Promise<number> =>
  ctx.tx(async (tx) => {
    await lockPlanning(tx);
    const accounts = (await listSyncableAccounts(tx)).filter(({ capabilities }) => capabilities.reports.ok);
    if (accounts.length === 0) return 0;
    const histories = await historyOf(tx);
    const due = accounts.flatMap((account) => {
      const history = histories.get(account.id);
      return history?.ready ? slotsOf(account, history, tx.now()).map((slot) => ({ accountId: account.id, slot })) : [];
    });
    return startSlots(tx, due);
  });

function historyOf(tx: TxCtx): Promise<Map<string, AccountReports>> {
  const now = tx.now();
  const today = dayIn("UTC", now);
  const windows = breakdownTypes.map(({ id, dialects, settle }) => ({
    subject: id,
    // A day less on either side: zones may be a day apart.
    from: addDays(today, 2 - dialects.v3.retention),
    to: addDays(today, -1 - settleDays[settle]),
  }));
  return reportHistory(tx, windows, new Date(now.getTime() - patienceMs));
}

function slotsOf(account: ReportAccount, { busy, types }: AccountReports, now: Date): Slot[] {
  const next = breakdownTypes.find(({ id }) => !types.get(id)?.backfillAt);
  return breakdownTypes.flatMap((type) => {
    const history = types.get(type.id) ?? { backfillAt: null, missing: null };
    if (!history.backfillAt && (busy || type !== next)) return [];
    return dueReports(account, now, { type, ...history });
  });
}
