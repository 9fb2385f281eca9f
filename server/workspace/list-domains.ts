// Reading clients' host names.
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import type { ListQuery, ListResult } from "../core/query";
import { type Domain, recordName } from "./domain-contract";
import { type DomainRow, findDomain, selectDomains } from "./domain-store";

export async function listDomains(tx: TxCtx, query: ListQuery): Promise<ListResult<Domain>> {
  const { rows, total } = await selectDomains(tx, query);
  return { total, items: rows.map(toDomain) };
}

export async function getDomain(tx: TxCtx, id: string): Promise<Domain> {
  const row = await findDomain(tx, id);
  if (!tx.can("themes.read", row.brandId)) throw notFound("This domain");
  return toDomain(row);
}

export const toDomain = (row: DomainRow): Domain => ({
  id: row.host,
  brandId: row.brandId,
  brandName: row.brandName,
  record: { name: recordName(row.host), value: row.proof },
  state: row.verifiedAt === null ? "waiting" : row.problem ? "failing" : "in_force",
  createdAt: row.createdAt.toISOString(),
  verifiedAt: row.verifiedAt?.toISOString() ?? null,
  checkedAt: row.checkedAt?.toISOString() ?? null,
  problem: row.problem,
});
