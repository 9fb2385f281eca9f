// SQL that finds the one brand a mail is about.
import { and, eq, gt, inArray, isNull, or } from "drizzle-orm";
import { accounts } from "../connections/tables";
import type { TxCtx } from "../core/context";
import { memberships } from "../workspace/tables";
import { messages } from "./tables";

/** The only brand of who gets it, else the one that every message in it is about; null: none, or several. */
export async function brandOfMail(tx: TxCtx, userId: string, messageIds: readonly string[]): Promise<string | null> {
  const roles = await tx.db
    .select({ brandId: memberships.brandId })
    .from(memberships)
    .where(
      and(
        eq(memberships.agencyId, tx.agencyId),
        eq(memberships.userId, userId),
        or(isNull(memberships.expiresAt), gt(memberships.expiresAt, tx.now())),
      ),
    );
  return onlyOne(roles.map(({ brandId }) => brandId)) ?? onlyOne(await brandsOfMessages(tx, messageIds));
}

async function brandsOfMessages(tx: TxCtx, ids: readonly string[]): Promise<(string | null)[]> {
  const rows = await tx.db
    .select({ subject: messages.subject })
    .from(messages)
    .where(and(eq(messages.agencyId, tx.agencyId), inArray(messages.id, [...ids])));
  const accountIds = rows.filter(({ subject }) => subject.type === "account").map(({ subject }) => subject.id);
  const owned = accountIds.length === 0 ? [] : await brandsOfAccounts(tx, accountIds);
  return rows.map(({ subject }) => {
    if (subject.type === "brand") return subject.id;
    return owned.find(({ id }) => subject.type === "account" && id === subject.id)?.brandId ?? null;
  });
}

const brandsOfAccounts = (tx: TxCtx, ids: readonly string[]) =>
  tx.db
    .select({ id: accounts.id, brandId: accounts.brandId })
    .from(accounts)
    .where(and(eq(accounts.agencyId, tx.agencyId), inArray(accounts.id, [...ids])));

const onlyOne = (ids: readonly (string | null)[]): string | null => (new Set(ids).size === 1 ? (ids[0] ?? null) : null);
