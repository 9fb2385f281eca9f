// Taking back is a change like any other: a new set with the values from before, reviewed and applied.
import { command } from "../core/command";
import { AppError } from "../core/errors";
import { type ChangeValues, mostItems, SetId } from "./change-contract";
import { insertSet, selectItems, undoOf, upsertItem } from "./change-store";
import { readSet } from "./list-changes";
import { openSet } from "./open-set";
import { personOf } from "./person-of";

export const undoChanges = command({
  name: "change-set.undo",
  permission: "campaigns.write",
  input: SetId,
  brandOf: () => "anyBrand",
  async run(tx, { id }) {
    const set = await openSet(tx, id, ["applied", "partly"]);
    const before = await undoOf(tx, id);
    if (before) return { result: await readSet(tx, before.id), audit: null };
    const applied = await selectItems(tx, { setId: id, states: ["applied"], permission: "campaigns.write" }, mostItems);
    if (applied.length === 0)
      throw new AppError("precondition", "Nothing of it was applied.", { remedy: "There is nothing to take back." });
    const person = personOf(tx);
    const undo = await insertSet(tx, {
      createdBy: person.name,
      createdByUserId: person.userId,
      undoes: id,
      note: `Takes back: ${set.note || "changes"}`.slice(0, 2000),
    });
    for (const { item } of applied) {
      const { accountId, entity, entityId } = item;
      // What Amazon should hold now is what was sent; where it does not, somebody changed it since.
      const inverse = { before: item.after as ChangeValues, after: item.before as ChangeValues };
      await upsertItem(tx, { setId: undo.id, accountId, entity, entityId }, inverse);
    }
    await tx.changed("change-sets", [id, undo.id]);
    const brandIds = new Set(applied.map(({ account }) => account.brandId));
    return {
      result: await readSet(tx, undo.id),
      audit: {
        action: "change-set.undo_prepared",
        target: { type: "change-set", id: undo.id },
        brandId: brandIds.size === 1 ? ([...brandIds][0] ?? null) : null,
        after: { undoes: id, items: applied.length },
      },
    };
  },
});
