// Which accounts cannot be written to now, and why.
import { connectionFor } from "../connections";
import type { TxCtx } from "../core/context";
import type { AccountRow } from "./change-store";

export interface Refusal {
  code: "READ_ONLY" | "UNREACHABLE";
  message: string;
  remedy: string | null;
}

export async function accountRefusals(
  tx: TxCtx,
  items: readonly { account: AccountRow }[],
): Promise<Map<string, Refusal>> {
  const accounts = new Map(items.map(({ account }) => [account.id, account]));
  const refusals = new Map<string, Refusal>();
  for (const account of accounts.values()) {
    const refusal = await refusalOf(tx, account);
    if (refusal) refusals.set(account.id, refusal);
  }
  return refusals;
}

/** Null where a connection that can be used may write to the account. */
export async function refusalOf(tx: TxCtx, account: AccountRow): Promise<Refusal | null> {
  if (await connectionFor(tx, account.id, "write")) return null;
  const write = account.capabilities.write;
  if (write && !write.ok) {
    return {
      code: "READ_ONLY",
      message: `${account.name} cannot be written to. ${write.reason ?? "The connected Amazon user may only read it."}`,
      remedy: write.remedy ?? "Connect an Amazon user who may edit it.",
    };
  }
  return {
    code: "UNREACHABLE",
    message: `No healthy connection may write to ${account.name} now.`,
    remedy: "Look at Connections: one that reaches the account must be connected, or consent again.",
  };
}
