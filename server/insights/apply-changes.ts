// From a draft to Amazon: the set is taken up here, and sent by a job for each account.
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { enqueueApply } from "./apply-job";
import { mayTryAgain, mostItems, SetApply, SetId, SetItems, SetNote } from "./change-contract";
import { bumpSet, changeItem, changeSet, type OpenItem, type SetRow, selectItems } from "./change-store";
import { fieldsOf, pick } from "./change-values";
import { checkChanges, currentOf } from "./check-changes";
import { endIfOver } from "./end-changes";
import { itemEvent } from "./item-event";
import { itemKey, readSet } from "./list-changes";
import { openSet } from "./open-set";
import { personOf } from "./person-of";
import { accountRefusals } from "./write-reach";

const targetOf = ({ id, note }: Pick<SetRow, "id" | "note">) => ({
  type: "change-set",
  id,
  ...(note ? { label: note.slice(0, 120) } : {}),
});

const brandOf = (items: readonly OpenItem[]): string | null => {
  const ids = new Set(items.map(({ account }) => account.brandId));
  return ids.size === 1 ? ([...ids][0] ?? null) : null;
};

const itemsOf = (tx: TxCtx, setId: string) => selectItems(tx, { setId, permission: "campaigns.write" }, mostItems);

/** Items that cannot be sent are refused at once; the rest goes to Amazon account by account. */
export const applyChanges = command({
  name: "change-set.apply",
  permission: "campaigns.write",
  input: SetApply,
  brandOf: () => "anyBrand",
  async run(tx, { id, version }) {
    const set = await openSet(tx, id, ["draft"]);
    if (set.version !== version) {
      throw new AppError("conflict", "It has been changed since you looked at it.", {
        remedy: "Review it again, then apply.",
      });
    }
    const items = await itemsOf(tx, id);
    if (items.length === 0)
      throw new AppError("precondition", "There is nothing to apply.", { remedy: "Change a campaign first." });
    const { name } = personOf(tx);
    await changeSet(tx, id, { state: "applying", appliedBy: name, startedAt: tx.now(), version: version + 1 });
    const refused = await refuseAtOnce(tx, items);
    const accountIds = [...new Set(items.filter((open) => !refused.has(open)).map(({ account }) => account.id))];
    for (const accountId of accountIds) await enqueueApply(tx, { setId: id, accountId, waits: 0, actor: tx.actor });
    await endIfOver(tx, id, tx.actor);
    await tx.changed("change-sets", [id]);
    const after = { items: items.length, refused: refused.size, accounts: accountIds.length };
    return {
      result: await readSet(tx, id),
      audit: { action: "change-set.apply_started", target: targetOf(set), brandId: brandOf(items), after },
    };
  },
});

async function refuseAtOnce(tx: TxCtx, items: readonly OpenItem[]): Promise<Set<OpenItem>> {
  const refusals = await accountRefusals(tx, items);
  const findings = await checkChanges(tx, items);
  const refused = new Set<OpenItem>();
  for (const [index, open] of items.entries()) {
    const finding = findings[index]?.find(({ kind }) => kind === "problem");
    if (!finding) continue;
    const code = refusals.get(open.account.id)?.code ?? "NOT_SENT";
    const message = [finding.message, finding.remedy].filter(Boolean).join(" ");
    const outcome = { state: "refused", code, message, answeredAt: tx.now() } as const;
    await changeItem(tx, open.item, { from: "waiting", ...outcome });
    await tx.audit(itemEvent(open, outcome));
    refused.add(open);
  }
  return refused;
}

/** Goes on where a person decides: a changed item is confirmed over what Amazon holds now; what is unsure or never left is looked at again. */
export const resumeChanges = command({
  name: "change-set.resume",
  permission: "campaigns.write",
  input: SetItems,
  brandOf: () => "anyBrand",
  async run(tx, { id, items: wanted }) {
    const set = await openSet(tx, id, ["draft", "applying", "applied", "partly", "failed"]);
    const open = (await itemsOf(tx, id)).filter(({ item }) => wanted.includes(`${id}:${itemKey(item)}`));
    if (open.length < new Set(wanted).size) throw notFound("The change");
    const decided =
      set.state === "draft" ? open : open.filter(({ item }) => item.state === "skipped" || mayTryAgain(item));
    if (decided.length === 0) {
      throw new AppError("conflict", "It has been settled meanwhile.", { remedy: "Look at it again." });
    }
    for (const one of decided) await decide(tx, one);
    if (set.state === "draft") await bumpSet(tx, id);
    else {
      await changeSet(tx, id, { state: "applying", endedAt: null, startedAt: tx.now(), appliedBy: personOf(tx).name });
      for (const accountId of new Set(decided.map(({ account }) => account.id))) {
        await enqueueApply(tx, { setId: id, accountId, waits: 0, actor: tx.actor });
      }
    }
    await tx.changed("change-sets", [id]);
    const action = set.state === "draft" ? "change-set.confirmed" : "change-set.resumed";
    return {
      result: await readSet(tx, id),
      audit: { action, target: targetOf(set), brandId: brandOf(decided), after: { items: decided.length } },
    };
  },
});

function decide(tx: TxCtx, open: OpenItem): Promise<boolean> {
  const { item } = open;
  const blank = { code: null, message: null, answeredAt: null };
  if (item.state === "unsure") return changeItem(tx, item, { from: "unsure", state: "sending", ...blank });
  // What never left is compared with what the person saw: only a person sends it over something else.
  if (mayTryAgain(item)) return changeItem(tx, item, { from: "refused", state: "waiting", ...blank });
  const before = pick(currentOf(open), fieldsOf(item.after));
  return changeItem(tx, item, { from: item.state, state: "waiting", before, ...blank });
}

export const describeChanges = command({
  name: "change-set.describe",
  permission: "campaigns.write",
  input: SetNote,
  brandOf: () => "anyBrand",
  async run(tx, { id, note }) {
    const set = await openSet(tx, id, ["draft", "applying", "applied", "partly", "failed"]);
    await changeSet(tx, id, { note });
    await tx.changed("change-sets", [id]);
    const audit = {
      action: "change-set.described",
      target: targetOf({ id, note }),
      brandId: brandOf(await itemsOf(tx, id)),
      before: { note: set.note },
      after: { note },
    };
    return { result: await readSet(tx, id), audit: note === set.note ? null : audit };
  },
});

export const discardChanges = command({
  name: "change-set.discard",
  permission: "campaigns.write",
  input: SetId,
  brandOf: () => "anyBrand",
  async run(tx, { id }) {
    const set = await openSet(tx, id, ["draft"]);
    await changeSet(tx, id, { state: "discarded", endedAt: tx.now() });
    await tx.changed("change-sets", [id]);
    const audit = { action: "change-set.discarded", target: targetOf(set), brandId: brandOf(await itemsOf(tx, id)) };
    return { result: await readSet(tx, id), audit };
  },
});
