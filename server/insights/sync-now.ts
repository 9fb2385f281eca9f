import { listSyncableAccounts } from "../connections";
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { addDays, dayIn } from "./date-range";
import type { Slot } from "./due-slots";
import { startSlots } from "./plan-slots";
import { SyncNow } from "./report-contract";
import { rollupSource } from "./report-types";
import { scopeAccounts } from "./scope-store";
import { syncFacts } from "./status-store";

const recentDays = 2;

/** Asks Amazon for an account's campaigns and its last two days now, at most once a minute. */
export const syncNow = command({
  name: "account.sync",
  permission: "insights.write",
  input: SyncNow,
  brandOf: async ({ id }, tx) => (await seenAccount(tx, id)).brandId,
  async run(tx, { id }) {
    const account = await seenAccount(tx, id);
    const facts = (await syncFacts(tx, [id])).get(id);
    if (!facts) throw notFound("The account");
    const syncable = (await listSyncableAccounts(tx)).some((one) => one.id === id);
    if (!syncable) {
      throw new AppError("precondition", "No healthy connection reaches this account.", {
        remedy: "Connect the Amazon user again under Connections.",
      });
    }
    const key = `manual:${tx.now().toISOString().slice(0, 16)}`;
    const today = dayIn(account.timeZone, tx.now());
    const range = { from: addDays(today, 1 - recentDays), to: today };
    const slots: Slot[] = [
      { subject: "entities", kind: "manual", key, range: null },
      ...(facts.canReport ? [{ subject: rollupSource, kind: "manual", key, range } as const] : []),
    ];
    const started = await startSlots(
      tx,
      slots.map((slot) => ({ accountId: id, slot })),
    );
    const target = { type: "account", id, label: account.name };
    return {
      result: { started },
      audit: started > 0 ? { action: "account.sync_started", target, brandId: account.brandId } : null,
    };
  },
});

async function seenAccount(tx: TxCtx, id: string) {
  const [account] = await scopeAccounts(tx, { accountIds: [id], permission: null });
  if (!account) throw notFound("The account");
  return account;
}
