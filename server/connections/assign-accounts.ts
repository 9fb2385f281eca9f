import { command } from "../core/command";
import type { AuditEntry, TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { findBrand } from "../workspace";
import { type AccountRow, lockAccounts, writeBrand } from "./account-store";
import { AssignAccounts, type AssignedAccount } from "./contract";

/**
 * Gives accounts to a brand, or takes them away from theirs (`brandId` null). Account by account: what the actor may not
 * do with one is said on that one, the others go through.
 */
export const assignAccounts = command({
  name: "account.assign",
  permission: "accounts.write",
  input: AssignAccounts,
  // Both brands of each account are checked below.
  brandOf: () => "anyBrand",
  async run(tx, { accountIds, brandId }) {
    const brand = brandId === null ? null : await findBrand(tx, brandId);
    if (brand?.archivedAt) {
      throw new AppError("invalid", "This brand is archived.", {
        fields: { brandId: "The brand is archived." },
        remedy: "Restore the brand, or choose another one.",
      });
    }
    const found = new Map((await lockAccounts(tx, accountIds)).map((account) => [account.id, account]));
    const results = [...new Set(accountIds)].map((id) => decide(tx, { id, account: found.get(id), brandId }));
    const moved = results.filter((result) => result.outcome === "assigned").map((result) => result.accountId);
    await writeBrand(tx, moved, brandId);
    if (moved.length > 0) await tx.changed("accounts", moved);
    const audit = moved.flatMap((id) => {
      const account = found.get(id);
      return account ? [auditOf(account, brand)] : [];
    });
    return { result: { results }, audit: audit.length > 0 ? audit : null };
  },
});

interface Decision {
  id: string;
  account: AccountRow | undefined;
  brandId: string | null;
}

function decide(tx: TxCtx, { id, account, brandId }: Decision): AssignedAccount {
  if (!account) return { accountId: id, name: null, outcome: "not_found", reason: "This account was not found." };
  const { name } = account;
  if (account.brandId === brandId) return { accountId: id, name, outcome: "unchanged" };
  // Without a brand an account is the whole agency's.
  const allowed = tx.can("accounts.write", account.brandId) && tx.can("accounts.write", brandId);
  if (allowed) return { accountId: id, name, outcome: "assigned" };
  const reason = "Your role does not cover both the account's present brand and the new one.";
  return { accountId: id, name, outcome: "refused", reason };
}

const auditOf = (account: AccountRow, brand: { id: string; name: string } | null): AuditEntry => ({
  action: brand ? "account.assigned" : "account.unassigned",
  target: { type: "account", id: account.id, label: account.name },
  brandId: brand?.id ?? account.brandId,
  before: { brandId: account.brandId },
  after: { brandId: brand?.id ?? null, brandName: brand?.name ?? null },
});
