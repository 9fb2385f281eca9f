// After a sync: learns anew how the account's days grow, once a day.
import type { Ctx } from "../core/context";
import { addDays, dayIn } from "./date-range";
import { learnCurve } from "./maturity";
import { dayHistories, learntAt, saveCurves } from "./maturity-store";
import { finalAge, type SourceColumn, settleOf, sourceColumns } from "./metric";
import { scopeAccounts } from "./scope-store";

/** Days that are learnt from: long enough for a season of sixty windows, short enough to follow a change of Amazon's. */
const learntDays = 180;
const learntApartMs = 20 * 3_600_000;

export async function learnMaturity(ctx: Ctx, { accountId }: { accountId: string }): Promise<void> {
  await ctx.tx(async (tx) => {
    const before = await learntAt(tx, accountId);
    if (before && tx.now().getTime() - before.getTime() < learntApartMs) return;
    const [account] = await scopeAccounts(tx, { accountIds: [accountId] });
    if (!account) return;
    const today = dayIn(account.timeZone, tx.now());
    const { histories, asked } = await dayHistories(tx, account, addDays(today, -learntDays));
    const curves = Object.fromEntries(
      sourceColumns.map((column) => [column, learnCurve(histories[column], finalAge[settleOf(column)], asked)]),
    ) as Record<SourceColumn, ReturnType<typeof learnCurve>>;
    await saveCurves(tx, accountId, curves);
  });
}
