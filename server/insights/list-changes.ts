// Change sets as readers see them: of each, the items of the brands they may see.
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead, wholeList } from "../core/query";
import type { ChangeFinding, ChangeItem, ChangeSet, ChangeValues } from "./change-contract";
import { mostItems } from "./change-contract";
import { type SetSummary, selectSets } from "./change-list-store";
import { type EntityRef, findDraft, type ItemFilter, type OpenItem, selectItems } from "./change-store";
import { fieldsOf, pick } from "./change-values";
import { checkChanges, currentOf } from "./check-changes";
import { touchesMoney } from "./money";
import { remedyOf } from "./remedies";

/** An item within its set. */
export const itemKey = ({ accountId, entity, entityId }: EntityRef): string => `${accountId}:${entity}:${entityId}`;

export async function listChangeSets(tx: TxCtx, query: ListQuery): Promise<ListResult<ChangeSet>> {
  requireRead(tx, "changes.read", "anyBrand");
  const { items, total } = await selectSets(tx, query, "changes.read");
  return { items: items.map((summary) => showSet(tx, summary)), total };
}

/** One set with its items. */
export async function getChangeSet(tx: TxCtx, id: string): Promise<ChangeSet> {
  const set = await readSet(tx, id);
  if (!set) throw notFound("The change set");
  return set;
}

/** The same; null where the reader sees nothing in it. */
export async function readSet(tx: TxCtx, id: string): Promise<ChangeSet | null> {
  const filters = [{ field: "id", operator: "eq" as const, values: [id] }];
  const { items } = await listChangeSets(tx, { ...wholeList(1), filters });
  const [set] = items;
  return set ? { ...set, items: await showItems(tx, { setId: id, permission: "changes.read" }) } : null;
}

/** What the actor is putting together; null where there is nothing. */
export async function readDraft(tx: TxCtx): Promise<ChangeSet | null> {
  if (tx.actor.kind !== "user" || !tx.can("campaigns.write", "anyBrand")) return null;
  const draft = await findDraft(tx, tx.actor.userId);
  return draft ? readSet(tx, draft.id) : null;
}

/** What was changed of the campaigns named (`<account>:<campaign>`) and their ad groups, the newest first; or the items of sets. */
export async function listChangeItems(tx: TxCtx, query: ListQuery): Promise<ListResult<ChangeItem>> {
  requireRead(tx, "changes.read", "anyBrand");
  const found: ChangeItem[] = [];
  for (const setId of filterValues(query, "setId") ?? []) {
    if (await readSet(tx, setId)) found.push(...(await showItems(tx, { setId, permission: "changes.read" })));
  }
  for (const id of filterValues(query, "campaignId") ?? []) found.push(...(await readHistory(tx, id)));
  return { items: found.slice(query.start, query.start + query.limit), total: found.length };
}

/** @param id `<account>:<campaign>` */
export async function readHistory(tx: TxCtx, id: string): Promise<ChangeItem[]> {
  if (!tx.can("changes.read", "anyBrand")) return [];
  const [accountId = "", campaignId = ""] = id.split(":");
  if (!uuid.test(accountId)) return [];
  return showItems(tx, { campaign: { accountId, campaignId }, permission: "changes.read" });
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function showItems(tx: TxCtx, filter: ItemFilter): Promise<ChangeItem[]> {
  const items = (await selectItems(tx, filter, mostItems)).filter((open) => mayKnow(tx, open));
  const drafts = items.filter(({ set }) => set.state === "draft");
  const findings = await checkChanges(tx, drafts);
  const found = new Map(drafts.map((open, index) => [open, findings[index] ?? []]));
  return items.map((open) => showItem(open, found.get(open) ?? []));
}

/** A change of money tells of it in each of its values and warnings: who may not see the brand's money does not see it. */
const mayKnow = (tx: TxCtx, { item, account }: OpenItem): boolean =>
  !touchesMoney({ ...item.before, ...item.after }) || tx.can("money.read", account.brandId);

function showItem(open: OpenItem, findings: ChangeFinding[]): ChangeItem {
  const { item, set, account, brandName, campaign, adGroup } = open;
  const campaignId = adGroup?.campaignId ?? item.entityId;
  const name = item.entity === "campaign" ? campaign?.name : adGroup?.name;
  const [before, after] = [item.before as ChangeValues, item.after as ChangeValues];
  return {
    id: `${item.setId}:${itemKey(item)}`,
    setId: item.setId,
    setState: set.state,
    accountId: item.accountId,
    accountName: account.name,
    brandId: account.brandId,
    brandName,
    currency: account.currency,
    timeZone: account.timeZone,
    entity: item.entity,
    entityId: `${item.accountId}:${item.entityId}`,
    name: name ?? item.entityId,
    campaignId: `${item.accountId}:${campaignId}`,
    campaignName: campaign?.name ?? campaignId,
    before,
    after,
    current: pick(currentOf(open), fieldsOf(after)),
    state: item.state,
    code: item.code,
    message: item.message,
    remedy: remedyOf(item.code),
    requestId: item.requestId,
    answeredAt: item.answeredAt?.toISOString() ?? null,
    createdBy: set.createdBy,
    createdAt: set.createdAt.toISOString(),
    appliedBy: set.appliedBy,
    findings,
  };
}

function showSet(tx: TxCtx, { set, accounts, counts, undoneBy }: SetSummary): ChangeSet {
  const { sending, waiting, ...rest } = counts;
  return {
    id: set.id,
    state: set.state,
    note: set.note,
    undoes: set.undoes,
    undoneBy,
    createdBy: set.createdBy,
    createdAt: set.createdAt.toISOString(),
    appliedBy: set.appliedBy,
    startedAt: set.startedAt?.toISOString() ?? null,
    endedAt: set.endedAt?.toISOString() ?? null,
    version: set.version,
    mine: tx.actor.kind === "user" && tx.actor.userId === set.createdByUserId,
    accounts,
    counts: { ...rest, waiting: waiting + sending },
  };
}
