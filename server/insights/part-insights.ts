// One ad group, or one creative wherever it ran: tiles with the period before, days and funnel.
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import { readBoard } from "./board";
import { creativeNames, findAdGroup } from "./campaign-store";
import type { PartInsights } from "./level-contract";
import { shownTo } from "./money";
import { type Part, splitId } from "./part";
import { readScope, type ScopedAccount } from "./scope";
import { type View, viewOf } from "./view";

type About = Omit<PartInsights, "range" | "freshness" | "settled" | "reach" | "section" | "hidden">;

interface Kind {
  /** "The ad group", for those who ask for one that is not there. */
  words: string;
  partOf(amazonId: string): Part;
  read(tx: TxCtx, account: ScopedAccount, amazonId: string): Promise<About | null>;
}

const aboutOf = (account: ScopedAccount, amazonId: string): Omit<About, "level" | "name"> => ({
  id: `${account.id}:${amazonId}`,
  accountId: account.id,
  accountName: account.name,
  brandId: account.brandId,
  brandName: account.brandName,
  timeZone: account.timeZone,
  currency: account.currency,
  campaign: null,
  state: null,
  deliveryStatus: null,
  startsAt: null,
  endsAt: null,
  budget: null,
  baseBid: null,
  inventoryType: null,
  kind: null,
  size: null,
});

const adGroup: Kind = {
  words: "The ad group",
  partOf: (adGroupId) => ({ adGroupId }),
  read: async (tx, account, amazonId) => {
    const found = await findAdGroup(tx, account.id, amazonId);
    if (!found) return null;
    const { record, campaignName } = found;
    return {
      ...aboutOf(account, amazonId),
      level: "adGroups",
      name: record.name,
      campaign: { id: `${account.id}:${record.campaignId}`, name: campaignName ?? `Campaign ${record.campaignId}` },
      state: record.state,
      deliveryStatus: record.deliveryStatus,
      startsAt: record.startsAt?.toISOString() ?? null,
      endsAt: record.endsAt?.toISOString() ?? null,
      budget: record.budget?.toString() ?? null,
      baseBid: record.baseBid?.toString() ?? null,
      inventoryType: record.inventoryType,
    };
  },
};

const creative: Kind = {
  words: "The creative",
  partOf: (creativeId) => ({ creativeId }),
  read: async (tx, account, amazonId) => {
    const found = (await creativeNames(tx, account.id, [amazonId])).get(amazonId);
    if (!found) return null;
    const { name, kind, size } = found;
    return { ...aboutOf(account, amazonId), level: "creatives", name: name || `Creative ${amazonId}`, kind, size };
  },
};

async function insightsOf(tx: TxCtx, { words, partOf, read }: Kind, { id, view }: Asked): Promise<PartInsights> {
  requireRead(tx, "insights.read", "anyBrand");
  const { accountId, amazonId } = splitId(id);
  const scope = await readScope(tx, { accountIds: [accountId] }, view);
  const [account] = scope.accounts;
  const about = account && (await read(tx, account, amazonId));
  if (!account || !about) throw notFound(words);
  const { sections, ...board } = await readBoard(tx, { scope, part: partOf(amazonId) });
  const [section] = sections;
  if (!section) throw notFound(words);
  const { values: _, ...shown } = shownTo({ ...about, values: {} }, account.moneyHidden);
  return { ...shown, ...board, section };
}

interface Asked {
  id: string;
  view: View;
}

/** @param id `<account>:<ad group>` */
export const getAdGroupInsights = (tx: TxCtx, id: string, view: View = {}): Promise<PartInsights> =>
  insightsOf(tx, adGroup, { id, view });

/** @param id `<account>:<creative>` */
export const getCreativeInsights = (tx: TxCtx, id: string, view: View = {}): Promise<PartInsights> =>
  insightsOf(tx, creative, { id, view });

/** The same by their ids and a range, as the API asks. */
const listOf =
  (kind: Kind) =>
  async (tx: TxCtx, query: ListQuery): Promise<ListResult<PartInsights>> => {
    requireRead(tx, "insights.read", "anyBrand");
    const ids = (filterValues(query, "id") ?? []).slice(0, query.limit);
    const items: PartInsights[] = [];
    for (const id of ids) items.push(await insightsOf(tx, kind, { id, view: viewOf(query) }));
    return { items, total: items.length };
  };

export const listAdGroupInsights = listOf(adGroup);
export const listCreativeInsights = listOf(creative);
