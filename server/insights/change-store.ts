// Change sets and their items, each item with the account, the campaign and the ad group it is about.
import { and, asc, desc, eq, getTableColumns, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { accounts } from "../connections/tables";
import type { Permission, TxCtx } from "../core/context";
import { brands } from "../workspace/tables";
import type { ChangeEntity } from "./change-contract";
import { adGroups, campaigns, changeItems, changeSets } from "./tables";

export type SetRow = typeof changeSets.$inferSelect;
export type ItemRow = typeof changeItems.$inferSelect;
export type AccountRow = typeof accounts.$inferSelect;
type CampaignRecord = typeof campaigns.$inferSelect;
type AdGroupRecord = typeof adGroups.$inferSelect;

/** One entity at Amazon. */
export interface EntityRef {
  accountId: string;
  entity: ChangeEntity;
  entityId: string;
}

export interface OpenItem {
  item: ItemRow;
  set: SetRow;
  account: AccountRow;
  brandName: string | null;
  /** Itself, or the ad group's; null where no listing has named it. */
  campaign: CampaignRecord | null;
  adGroup: AdGroupRecord | null;
}

const ours = (tx: TxCtx) => eq(changeSets.agencyId, tx.agencyId);
const setOf = (tx: TxCtx, id: string) => and(ours(tx), eq(changeSets.id, id));

/** Accounts of the brands for which the actor holds the permission. */
const within = (tx: TxCtx, permission: Permission): SQL | undefined => {
  const ids = tx.brandsWith(permission);
  return ids === "all" ? undefined : inArray(accounts.brandId, [...ids]);
};

/** The person's draft, locked against a second one. */
export async function lockDraft(tx: TxCtx, userId: string): Promise<SetRow | null> {
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`draft:${tx.agencyId}:${userId}`}, 0))`);
  return findDraft(tx, userId);
}

/** What a person is putting together; sets that take another back are shown on pages of their own. */
export async function findDraft(tx: TxCtx, userId: string): Promise<SetRow | null> {
  const [row] = await tx.db
    .select()
    .from(changeSets)
    .where(
      and(ours(tx), eq(changeSets.createdByUserId, userId), eq(changeSets.state, "draft"), isNull(changeSets.undoes)),
    )
    .orderBy(desc(changeSets.createdAt))
    .limit(1);
  return row ?? null;
}

export async function insertSet(
  tx: TxCtx,
  values: Pick<SetRow, "createdBy" | "createdByUserId"> & Partial<Pick<SetRow, "note" | "undoes">>,
): Promise<SetRow> {
  const [row] = await tx.db
    .insert(changeSets)
    .values({ agencyId: tx.agencyId, state: "draft", createdAt: tx.now(), ...values })
    .returning();
  if (!row) throw new Error("the set was not stored");
  return row;
}

export async function lockSet(tx: TxCtx, id: string): Promise<SetRow | null> {
  const [row] = await tx.db.select().from(changeSets).where(setOf(tx, id)).for("update");
  return row ?? null;
}

export async function changeSet(tx: TxCtx, id: string, values: Partial<SetRow>): Promise<void> {
  await tx.db.update(changeSets).set(values).where(setOf(tx, id));
}

export async function bumpSet(tx: TxCtx, id: string): Promise<void> {
  await tx.db
    .update(changeSets)
    .set({ version: sql`${changeSets.version} + 1` })
    .where(setOf(tx, id));
}

/** The set that takes this one back, unless that was discarded. */
export async function undoOf(tx: TxCtx, id: string): Promise<SetRow | null> {
  const [row] = await tx.db
    .select()
    .from(changeSets)
    .where(and(ours(tx), eq(changeSets.undoes, id), sql`${changeSets.state} <> 'discarded'`))
    .orderBy(desc(changeSets.createdAt))
    .limit(1);
  return row ?? null;
}

const keyOf = (tx: TxCtx, setId: string, { accountId, entity, entityId }: EntityRef) =>
  and(
    eq(changeItems.agencyId, tx.agencyId),
    eq(changeItems.setId, setId),
    eq(changeItems.accountId, accountId),
    eq(changeItems.entity, entity),
    eq(changeItems.entityId, entityId),
  );

export async function upsertItem(
  tx: TxCtx,
  ref: EntityRef & { setId: string },
  values: Pick<ItemRow, "before" | "after">,
): Promise<void> {
  const { agencyId, setId, accountId, entity, entityId } = changeItems;
  await tx.db
    .insert(changeItems)
    .values({ agencyId: tx.agencyId, ...ref, ...values, state: "waiting" })
    .onConflictDoUpdate({ target: [agencyId, setId, accountId, entity, entityId], set: values });
}

export async function deleteItem(tx: TxCtx, setId: string, ref: EntityRef): Promise<void> {
  await tx.db.delete(changeItems).where(keyOf(tx, setId, ref));
}

type Outcome = Partial<Pick<ItemRow, "before" | "state" | "code" | "message" | "requestId" | "sentAt" | "answeredAt">>;

/** @param from only where it is still in this state @returns whether it was */
export async function changeItem(
  tx: TxCtx,
  item: ItemRow,
  { from, ...values }: Outcome & { from: ItemRow["state"] },
): Promise<boolean> {
  const rows = await tx.db
    .update(changeItems)
    .set(values)
    .where(and(keyOf(tx, item.setId, item), eq(changeItems.state, from)))
    .returning({ id: changeItems.entityId });
  return rows.length > 0;
}

export interface ItemFilter {
  setId?: string;
  accountId?: string;
  states?: ItemRow["state"][];
  /** Items of a campaign and of its ad groups: `<account>:<campaign>`. */
  campaign?: { accountId: string; campaignId: string };
  permission: Permission;
}

/** Items by their campaign's name; drafts of others are no part of a campaign's history. */
export async function selectItems(tx: TxCtx, filter: ItemFilter, limit: number): Promise<OpenItem[]> {
  const { setId, accountId, states, campaign } = filter;
  const history = campaign
    ? and(
        eq(changeItems.accountId, campaign.accountId),
        sql`coalesce(${adGroups.campaignId}, ${changeItems.entityId}) = ${campaign.campaignId}`,
        sql`${changeSets.state} not in ('draft', 'discarded')`,
      )
    : undefined;
  return tx.db
    .select({
      item: changeItems,
      set: changeSets,
      account: accounts,
      brandName: brands.name,
      campaign: getTableColumns(campaigns),
      adGroup: getTableColumns(adGroups),
    })
    .from(changeItems)
    .innerJoin(changeSets, and(eq(changeSets.agencyId, changeItems.agencyId), eq(changeSets.id, changeItems.setId)))
    .innerJoin(accounts, and(eq(accounts.agencyId, changeItems.agencyId), eq(accounts.id, changeItems.accountId)))
    .leftJoin(brands, and(eq(brands.agencyId, accounts.agencyId), eq(brands.id, accounts.brandId)))
    .leftJoin(
      adGroups,
      and(
        eq(adGroups.agencyId, changeItems.agencyId),
        eq(adGroups.accountId, changeItems.accountId),
        eq(changeItems.entity, "ad-group"),
        eq(adGroups.adGroupId, changeItems.entityId),
      ),
    )
    .leftJoin(
      campaigns,
      and(
        eq(campaigns.agencyId, changeItems.agencyId),
        eq(campaigns.accountId, changeItems.accountId),
        sql`${campaigns.campaignId} = coalesce(${adGroups.campaignId}, ${changeItems.entityId})`,
      ),
    )
    .where(
      and(
        eq(changeItems.agencyId, tx.agencyId),
        setId ? eq(changeItems.setId, setId) : undefined,
        accountId ? eq(changeItems.accountId, accountId) : undefined,
        states ? inArray(changeItems.state, states) : undefined,
        history,
        within(tx, filter.permission),
      ),
    )
    .orderBy(
      ...(campaign ? [desc(changeSets.createdAt)] : []),
      asc(campaigns.name),
      asc(changeItems.accountId),
      desc(changeItems.entity),
      asc(adGroups.name),
      asc(changeItems.entityId),
    )
    .limit(limit);
}

/** Items of a set by state, of all brands. */
export async function countStates(tx: TxCtx, setId: string): Promise<Partial<Record<ItemRow["state"], number>>> {
  const rows = await tx.db
    .select({ state: changeItems.state, count: sql<number>`count(*)::int` })
    .from(changeItems)
    .where(and(eq(changeItems.agencyId, tx.agencyId), eq(changeItems.setId, setId)))
    .groupBy(changeItems.state);
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** The brands a set is about; null stands for accounts of none. */
export async function brandsOfSet(tx: TxCtx, setId: string): Promise<(string | null)[]> {
  const rows = await tx.db
    .selectDistinct({ brandId: accounts.brandId })
    .from(changeItems)
    .innerJoin(accounts, and(eq(accounts.agencyId, changeItems.agencyId), eq(accounts.id, changeItems.accountId)))
    .where(and(eq(changeItems.agencyId, tx.agencyId), eq(changeItems.setId, setId)));
  return rows.map(({ brandId }) => brandId);
}
