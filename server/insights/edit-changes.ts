// Edits go into the person's draft and nowhere else: Amazon hears of them when the set is applied.
import { command, forbidden } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import { ChangeEdit, type ChangeValues, type EditOutcome, mostItems, SetItems } from "./change-contract";
import { requireWritable } from "./change-rights";
import {
  bumpSet,
  countStates,
  deleteItem,
  type EntityRef,
  type ItemRow,
  insertSet,
  lockDraft,
  type SetRow,
  selectItems,
  upsertItem,
} from "./change-store";
import { type Edited, raisedValues, valuesOf, wishedValues, withEdit } from "./change-values";
import { type ChangeableEntity, selectChangeables } from "./changeable-store";
import { itemKey, readSet } from "./list-changes";
import { touchesMoney } from "./money";
import { openSet } from "./open-set";
import { personOf } from "./person-of";

export const editChanges = command({
  name: "change-set.edit",
  permission: "campaigns.write",
  input: ChangeEdit,
  brandOf: () => "anyBrand",
  async run(tx, { entity, ids, set, raise }) {
    const person = personOf(tx);
    const refs = [...new Set(ids)].map((id): EntityRef => {
      const [accountId = "", entityId = ""] = id.split(":");
      return { accountId, entity, entityId };
    });
    const entities = await selectChangeables(tx, entity, refs);
    if (entities.length < refs.length) throw notFound(entity === "campaign" ? "The campaign" : "The ad group");
    requireWritable(
      tx,
      entities.map(({ account }) => account.brandId),
    );
    const blind = entities.some(({ account }) => !tx.can("money.read", account.brandId));
    if (blind && touchesMoney({ ...set, ...(raise ? { [raise.field]: raise } : {}) })) throw forbidden("money.read");
    const draft =
      (await lockDraft(tx, person.userId)) ??
      (await insertSet(tx, { createdBy: person.name, createdByUserId: person.userId }));
    const items = await itemsByKey(tx, draft);
    const outcome: Omit<EditOutcome, "draft"> = { changed: 0, left: [] };
    for (const one of entities) {
      const current = valuesOf(one.row);
      const wanted = wantedOf(one, current, { set, raise });
      if ("reason" in wanted) {
        outcome.left.push({
          id: `${one.ref.accountId}:${one.ref.entityId}`,
          name: one.row.name,
          reason: wanted.reason,
        });
        continue;
      }
      await storeItem(tx, draft, { ref: one.ref, item: items.get(itemKey(one.ref)), current, wanted: wanted.values });
      outcome.changed++;
    }
    await requireRoom(tx, draft.id);
    await bumpSet(tx, draft.id);
    await tx.changed("change-sets", [draft.id]);
    const audit = {
      action: "change-set.edited",
      target: { type: "change-set", id: draft.id },
      brandId: oneOf(entities.map(({ account }) => account.brandId)),
      after: { edited: outcome.changed, ...(set ?? {}), ...(raise ? { raise } : {}) },
    };
    return {
      result: { ...outcome, draft: await readSet(tx, draft.id) },
      audit: outcome.changed > 0 ? audit : null,
    };
  },
});

/** The brand all belong to; null where there are several. */
const oneOf = (brandIds: readonly (string | null)[]): string | null =>
  new Set(brandIds).size === 1 ? (brandIds[0] ?? null) : null;

type Wish = Pick<Parameters<typeof editChanges>[1], "set" | "raise">;

function wantedOf({ row, account }: ChangeableEntity, current: ChangeValues, { set, raise }: Wish): Edited {
  if (row.state === "ARCHIVED") return { reason: "It is archived: Amazon takes no changes to it." };
  if (row.state === "UNLISTED") return { reason: "Amazon does not list it now." };
  const wished = set ? wishedValues(current, set, account) : { values: {} };
  if ("reason" in wished || !raise) return wished;
  const raised = raisedValues(current, raise, account);
  return "reason" in raised ? raised : { values: { ...wished.values, ...raised.values } };
}

async function itemsByKey(tx: TxCtx, draft: SetRow): Promise<Map<string, ItemRow>> {
  const open = await selectItems(tx, { setId: draft.id, permission: "campaigns.write" }, mostItems);
  return new Map(open.map(({ item }) => [itemKey(item), item]));
}

interface Store {
  ref: EntityRef;
  item: ItemRow | undefined;
  current: ChangeValues;
  wanted: ChangeValues;
}

async function storeItem(tx: TxCtx, draft: SetRow, { ref, item, current, wanted }: Store): Promise<void> {
  const edited = withEdit(item as { before: ChangeValues; after: ChangeValues } | undefined, current, wanted);
  if (edited) await upsertItem(tx, { ...ref, setId: draft.id }, edited);
  else if (item) await deleteItem(tx, draft.id, ref);
}

async function requireRoom(tx: TxCtx, setId: string): Promise<void> {
  const { waiting = 0 } = await countStates(tx, setId);
  if (waiting <= mostItems) return;
  throw new AppError("limit", `A change set holds at most ${mostItems} campaigns and ad groups.`, {
    remedy: "Review and apply what there is, then go on.",
  });
}

/** Takes items out of a draft. */
export const removeChanges = command({
  name: "change-set.remove",
  permission: "campaigns.write",
  input: SetItems,
  brandOf: () => "anyBrand",
  async run(tx, { id, items }) {
    await openSet(tx, id, ["draft"]);
    const wanted = new Set(items);
    const open = await selectItems(tx, { setId: id, permission: "campaigns.write" }, mostItems);
    const removed = open.filter(({ item }) => wanted.has(`${id}:${itemKey(item)}`));
    if (removed.length < wanted.size) throw notFound("The change");
    for (const { item } of removed) await deleteItem(tx, id, item);
    await bumpSet(tx, id);
    await tx.changed("change-sets", [id]);
    const target = { type: "change-set", id };
    return {
      result: { draft: await readSet(tx, id) },
      audit: {
        action: "change-set.edited",
        target,
        brandId: oneOf(removed.map(({ account }) => account.brandId)),
        after: { removed: removed.length },
      },
    };
  },
});
