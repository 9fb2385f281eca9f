import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { type ListQuery, type ListResult, requireRead, wholeList } from "../core/query";
import type { AmazonCall, CallFailure } from "./call-contract";
import { type SeenCall, selectCalls } from "./call-store";

/**
 * The newest first, unless another order is asked for. Whoever holds the right for some brands only sees the calls made
 * for these and no others. `total` stops one above `mostCallsCounted`.
 */
export async function listCalls(tx: TxCtx, query: ListQuery): Promise<ListResult<AmazonCall>> {
  requireRead(tx, "calls.read", "anyBrand");
  const { items, total } = await selectCalls(tx, query);
  return { items: items.map(show), total };
}

export async function getCall(tx: TxCtx, id: string): Promise<AmazonCall> {
  const byId = { field: "id", operator: "eq" as const, values: [id] };
  const { items } = await listCalls(tx, { ...wholeList(1), filters: [byId] });
  const [call] = items;
  if (!call) throw notFound("The call");
  return call;
}

function show({ call, accountName, brandName, connectionName }: SeenCall): AmazonCall {
  const { agencyId: _, at, errorClass, ...kept } = call;
  return {
    ...kept,
    at: at.toISOString(),
    outcome: errorClass === null ? "ok" : "failed",
    errorClass: errorClass as CallFailure | null,
    accountName,
    brandName,
    connectionName,
  };
}
