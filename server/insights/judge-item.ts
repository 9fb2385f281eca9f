// What follows from what Amazon holds of an item now. Pure.
import type { ChangeValues } from "./change-contract";
import type { ItemRow } from "./change-store";
import { differing, fieldsOf, pick } from "./change-values";

export type Verdict =
  | { kind: "send" }
  /** It is as it was before: what was sent has not arrived, and may be sent again. */
  | { kind: "not_landed" }
  | { kind: "over"; state: "applied" | "refused" | "unsure" | "skipped"; code: string | null; message: string };

const over = (
  state: "applied" | "refused" | "unsure" | "skipped",
  message: string,
  code: string | null = null,
): Verdict => ({ kind: "over", state, code, message });

/** @param held all values at Amazon; null where it does not list the entity */
export function judgeItem(item: Pick<ItemRow, "state" | "before" | "after">, held: ChangeValues | null): Verdict {
  const [before, after] = [item.before as ChangeValues, item.after as ChangeValues];
  const now = pick(held ?? {}, fieldsOf(after));
  const isAsWished = differing(after, now).length === 0;
  const isAsBefore = differing(before, now).length === 0;
  if (item.state === "sending") {
    if (held && isAsWished)
      return over("applied", "No answer came, but Amazon holds it: found when it was asked again.");
    if (held && isAsBefore) return { kind: "not_landed" };
    return over("unsure", "No answer came, and Amazon now holds something else.", "UNSURE");
  }
  if (!held) return over("refused", "Amazon does not list it.", "NOT_LISTED");
  if (held.state === "ARCHIVED") {
    return over("refused", "It is archived: Amazon takes no changes to it.", "ARCHIVED_RESOURCE_CANNOT_EDIT");
  }
  if (isAsWished) return over("applied", "Amazon held this already; nothing was sent.");
  if (!isAsBefore) return over("skipped", "It was changed at Amazon since it was edited here.", "DRIFTED");
  return { kind: "send" };
}
