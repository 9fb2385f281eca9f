import { and, eq } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { users } from "../identity/tables";
import { notificationPreferences } from "./tables";

/** A person as the channels reach them. */
export interface Addressee {
  name: string;
  address: string;
  state: "active" | "suspended";
  /** By channel. */
  wanted: { email: boolean };
}

export async function findAddressee(tx: TxCtx, userId: string): Promise<Addressee | null> {
  const [row] = await tx.db
    .select({ name: users.name, address: users.email, state: users.state, email: notificationPreferences.email })
    .from(users)
    .leftJoin(
      notificationPreferences,
      and(eq(notificationPreferences.agencyId, users.agencyId), eq(notificationPreferences.userId, users.id)),
    )
    .where(and(eq(users.agencyId, tx.agencyId), eq(users.id, userId)));
  return row ? { name: row.name, address: row.address, state: row.state, wanted: { email: row.email ?? true } } : null;
}

export async function storePreferences(tx: TxCtx, userId: string, wanted: Addressee["wanted"]): Promise<void> {
  await tx.db
    .insert(notificationPreferences)
    .values({ agencyId: tx.agencyId, userId, ...wanted })
    .onConflictDoUpdate({
      target: [notificationPreferences.agencyId, notificationPreferences.userId],
      set: wanted,
    });
}
