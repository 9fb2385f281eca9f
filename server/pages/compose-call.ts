// What a call carries: who acts on which record, with what was filled in. Of the record only what the actor may see.
import { actorName, type Ctx, type TxCtx } from "../core/context";
import { findAgency, findBrand } from "../workspace";
import type { CustomAction } from "./action-contract";
import type { ListedResource } from "./contract";
import type { FoundRecord } from "./services";

export interface Call {
  action: CustomAction;
  list: ListedResource;
  /** Null: a test for which there is no record. */
  record: FoundRecord | null;
  input: Record<string, unknown>;
  test: boolean;
}

/** The JSON text that is sent, the same at every attempt. */
export async function composeBody(tx: TxCtx, { action, list, record, input, test }: Call): Promise<string> {
  const agency = await findAgency(tx);
  const brand = record?.brandId ? await findBrand(tx, record.brandId) : null;
  const data = {
    test,
    action: { id: action.id, label: action.label },
    agency: agency && { id: agency.id, name: agency.name },
    brand: brand && { id: brand.id, name: brand.name },
    record: record && {
      type: list.name,
      id: record.id,
      label: record.label,
      fields: sentFields(tx, { action, list, record }),
    },
    input,
    actor: actorOf(tx),
  };
  const body = { type: "custom_action.used", timestamp: tx.now().toISOString(), data };
  return JSON.stringify(body, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}

/** Money is left out for who may not see the brand's; what a resource withholds from its readers is empty already. */
function sentFields(
  tx: TxCtx,
  { action, list, record }: Pick<Call, "action" | "list"> & { record: FoundRecord },
): Record<string, unknown> {
  const hidesMoney = !seesMoney(tx, record.brandId);
  const isMoney = (key: string) => list.fields.some((field) => field.key === key && field.kind === "money");
  const sent = action.sends.filter((key) => !(hidesMoney && isMoney(key)));
  return Object.fromEntries(sent.map((key) => [key, record.values[key] ?? null]));
}

export const seesMoney = (ctx: Ctx, brandId: string | null): boolean => ctx.can("money.read", brandId);

function actorOf({ actor }: Ctx): object {
  const id = actor.kind === "user" ? actor.userId : actor.kind === "key" ? actor.keyId : null;
  return { kind: actor.kind, id, name: actorName(actor) };
}
