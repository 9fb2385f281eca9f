import { eq } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import type { AmcPolicy } from "./contract";
import { amcPolicies } from "./tables";

type Rules = Omit<AmcPolicy, "id">;

export const defaultPolicy: Rules = { freshHours: 24, mostOverlapping: 20, whenOver: "warn" };

export async function readPolicy(tx: TxCtx): Promise<Rules> {
  const [row] = await tx.db.select().from(amcPolicies).where(eq(amcPolicies.agencyId, tx.agencyId));
  if (!row) return defaultPolicy;
  const { freshHours, mostOverlapping, whenOver } = row;
  return { freshHours, mostOverlapping, whenOver };
}

export async function writePolicy(tx: TxCtx, rules: Rules): Promise<void> {
  await tx.db
    .insert(amcPolicies)
    .values({ agencyId: tx.agencyId, ...rules })
    .onConflictDoUpdate({ target: amcPolicies.agencyId, set: rules });
}
