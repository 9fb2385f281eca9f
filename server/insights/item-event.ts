import type { AuditEntry } from "../core/context";
import type { OpenItem } from "./change-store";

/** What became of one item, for the audit log. */
export function itemEvent(open: OpenItem, { state, message }: { state: string; message?: string | null }): AuditEntry {
  const { item, account, campaign, adGroup } = open;
  const before = item.before as object;
  const after = { ...(item.after as object), outcome: message ? `${state}: ${message}` : state };
  const label = (item.entity === "campaign" ? campaign?.name : adGroup?.name) ?? item.entityId;
  const target = { type: item.entity, id: `${item.accountId}:${item.entityId}`, label };
  return { action: `${item.entity}.change_${state}`, target, brandId: account.brandId, before, after };
}
