// What Amazon holds of the items of one account now. Our own rows take it over.
import type { AdGroup, Campaign } from "../amazon";
import type { Ctx } from "../core/context";
import type { ChangeValues } from "./change-contract";
import type { AccountRow, ItemRow } from "./change-store";
import { valuesOf } from "./change-values";
import { adGroupRow, campaignRow } from "./entity-rows";
import { upsertAdGroups, upsertCampaigns } from "./entity-store";
import type { Session } from "./run-step";

export type Held = { entity: "campaign"; source: Campaign } | { entity: "ad-group"; source: AdGroup };

export const heldKey = ({ entity, entityId }: Pick<ItemRow, "entity" | "entityId">): string => `${entity}:${entityId}`;

export function heldValues(held: Held): ChangeValues {
  const row = held.entity === "campaign" ? campaignRow(held.source) : adGroupRow(held.source);
  return valuesOf({
    name: row.name,
    state: row.state,
    budget: row.budget ?? null,
    ...("adGroupId" in row ? { baseBid: row.baseBid ?? null } : {}),
    startsAt: row.startsAt ?? null,
    endsAt: row.endsAt ?? null,
  });
}

const idsOf = (items: readonly ItemRow[], entity: ItemRow["entity"]) =>
  items.filter((item) => item.entity === entity).map(({ entityId }) => entityId);

export async function readHeld(
  ctx: Ctx,
  { account, session }: { account: AccountRow; session: Session },
  items: readonly ItemRow[],
): Promise<Map<string, Held>> {
  const { dsp } = ctx.services.amazon;
  const [campaignIds, adGroupIds] = [idsOf(items, "campaign"), idsOf(items, "ad-group")];
  const listing = { accountId: account.id, startedAt: ctx.now() };
  const held = await session.withToken(async (accessToken) => {
    const query = { region: account.region, accessToken, advertiserId: account.amazonId };
    const found: Held[] = [];
    if (campaignIds.length > 0) {
      for await (const page of dsp.queryCampaigns({ ...query, campaignIds })) {
        found.push(...page.map((source): Held => ({ entity: "campaign", source })));
      }
    }
    if (adGroupIds.length > 0) {
      for await (const page of dsp.queryAdGroups({ ...query, adGroupIds })) {
        found.push(...page.map((source): Held => ({ entity: "ad-group", source })));
      }
    }
    return found;
  });
  await ctx.tx((tx) => storeHeld(tx, listing, held));
  return new Map(held.map((one) => [heldKey({ entity: one.entity, entityId: idOf(one) }), one]));
}

const idOf = (held: Held): string => (held.entity === "campaign" ? held.source.campaignId : held.source.adGroupId);

/** Our rows become what Amazon said. */
export async function storeHeld(
  tx: Parameters<typeof upsertCampaigns>[0],
  listing: Parameters<typeof upsertCampaigns>[1],
  held: readonly Held[],
): Promise<void> {
  const campaigns = held.flatMap((one) => (one.entity === "campaign" ? campaignRow(one.source) : []));
  const adGroups = held.flatMap((one) => (one.entity === "ad-group" ? adGroupRow(one.source) : []));
  if (campaigns.length > 0) await upsertCampaigns(tx, listing, campaigns);
  if (adGroups.length > 0) await upsertAdGroups(tx, listing, adGroups);
  if (campaigns.length > 0) await tx.changed("campaigns");
  if (adGroups.length > 0) await tx.changed("ad-groups");
  if (held.length > 0) await tx.changed("level-rows");
}
