import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { type ListQuery, type ListResult, requireRead, wholeList } from "../core/query";
import type { AccountLoad, AmcInstance, InstanceState } from "./contract";
import { countByAccount } from "./execution-store";
import { type InstanceRow, type SeenInstance, selectInstances } from "./instance-store";

export async function listInstances(tx: TxCtx, query: ListQuery): Promise<ListResult<AmcInstance>> {
  requireRead(tx, "amc.read", "anyBrand");
  const { rows, total } = await selectInstances(tx, query);
  return { items: rows.map(show), total };
}

/** @throws {AppError} not_found */
export async function getInstance(tx: TxCtx, id: string): Promise<AmcInstance> {
  const byId = { field: "id", operator: "eq" as const, values: [id] };
  const [instance] = (await listInstances(tx, { ...wholeList(1), filters: [byId] })).items;
  if (!instance) throw notFound("This AMC instance");
  return instance;
}

/** How full the places of AMC accounts are; of accounts of which some instance may be seen. */
export async function listAccountLoad(tx: TxCtx): Promise<AccountLoad[]> {
  const known = new Set((await listInstances(tx, wholeList())).items.map(({ accountId }) => accountId));
  return (await countByAccount(tx)).filter(({ accountId }) => known.has(accountId));
}

/** Amazon's words for an instance that can be asked (contracts 5.1). */
export const isReady = ({ status }: Pick<InstanceRow, "status">): boolean =>
  status === "COMPLETED" || status === "SUCCEEDED";

export function stateOf({ instance, reached }: Pick<SeenInstance, "instance" | "reached">): InstanceState {
  if (!instance.amazonId) return instance.status === "FAILED" ? "failed" : "requested";
  if (!reached) return "unreachable";
  if (isReady(instance)) return "ready";
  return instance.status === "FAILED" ? "failed" : "creating";
}

const show = ({ instance, brandName, reached, running, waiting }: SeenInstance): AmcInstance => ({
  id: instance.id,
  name: instance.name,
  amazonId: instance.amazonId,
  type: instance.type,
  region: instance.region,
  accountId: instance.accountId,
  accountName: instance.accountName,
  marketplaceId: instance.marketplaceId,
  brandId: instance.brandId,
  brandName,
  state: stateOf({ instance, reached }),
  note: reached ? instance.note : "No connection that can be used reaches it: connect an Amazon user who does.",
  timeZone: instance.timeZone,
  advertisers: instance.advertisers,
  updating: instance.updateId ?? (instance.toAdd.length + instance.toRemove.length > 0 ? "waiting" : null),
  tables: instance.tables,
  running,
  waiting,
  checkedAt: instance.checkedAt?.toISOString() ?? null,
  createdAt: instance.createdAt.toISOString(),
  version: instance.version,
});
