import { and, asc, eq } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import type { ActionDefinition } from "./action-contract";
import { customActions } from "./tables";

export type ActionRow = typeof customActions.$inferSelect;

export const sealedOf = ({ secret, formerSecret }: ActionRow): string[] => [
  secret,
  ...(formerSecret ? [formerSecret] : []),
];

/** All of the agency, by name. */
export const selectActions = (tx: TxCtx): Promise<ActionRow[]> =>
  tx.db
    .select()
    .from(customActions)
    .where(eq(customActions.agencyId, tx.agencyId))
    .orderBy(asc(customActions.label), asc(customActions.id));

const byId = (tx: TxCtx, id: string) => and(eq(customActions.agencyId, tx.agencyId), eq(customActions.id, id));

export async function findAction(tx: TxCtx, id: string): Promise<ActionRow | null> {
  const [row] = await tx.db.select().from(customActions).where(byId(tx, id));
  return row ?? null;
}

export async function lockAction(tx: TxCtx, id: string): Promise<ActionRow | null> {
  const [row] = await tx.db.select().from(customActions).where(byId(tx, id)).for("update");
  return row ?? null;
}

interface NewAction {
  id: string;
  definition: ActionDefinition;
  secret: string;
}

export async function insertAction(tx: TxCtx, { id, definition, secret }: NewAction): Promise<ActionRow> {
  const { label } = definition;
  const values = { agencyId: tx.agencyId, id, label, definition, secret, createdAt: tx.now() };
  const [row] = await tx.db.insert(customActions).values(values).returning();
  if (!row) throw new Error("the new action was not returned");
  return row;
}

/** Null where it is no longer the version seen. */
export async function updateAction(
  tx: TxCtx,
  { id, version }: Pick<ActionRow, "id" | "version">,
  definition: ActionDefinition,
): Promise<ActionRow | null> {
  const [row] = await tx.db
    .update(customActions)
    .set({ label: definition.label, definition, version: version + 1 })
    .where(and(byId(tx, id), eq(customActions.version, version)))
    .returning();
  return row ?? null;
}

type Secrets = Partial<Pick<ActionRow, "secret" | "formerSecret" | "formerUntil">>;

export async function updateSecrets(tx: TxCtx, id: string, secrets: Secrets): Promise<void> {
  await tx.db.update(customActions).set(secrets).where(byId(tx, id));
}

export async function deleteAction(tx: TxCtx, id: string): Promise<void> {
  await tx.db.delete(customActions).where(byId(tx, id));
}
