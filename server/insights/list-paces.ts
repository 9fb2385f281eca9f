// How each campaign spends against its flight or budget, those in most need of an eye first.
import type { TxCtx } from "../core/context";
import { filterValues, type ListQuery, type ListResult, requireRead } from "../core/query";
import { addDays, daysBetween } from "./date-range";
import { flightsOf } from "./flights";
import { countedThrough, type Period, periodOf, recentDays, standingOf } from "./pace";
import { type CampaignPace, type PaceState, paces } from "./pace-contract";
import { type BudgetedCampaign, budgetedCampaigns, type WindowSpend, windowSpends } from "./pace-store";
import { readWithin, type Within } from "./part";
import { remembered } from "./remember";
import { freshnessOf, type ScopedAccount, settledByRule } from "./scope";

interface Judged {
  campaign: BudgetedCampaign;
  account: ScopedAccount;
  period: Period | null;
  through: string | null;
}

/** Of accounts whose money the reader may see. Two statements, however many campaigns. */
export async function listPaces(tx: TxCtx, query: ListQuery): Promise<ListResult<CampaignPace>> {
  requireRead(tx, "insights.read", "anyBrand");
  const { scope, part } = await readWithin(tx, query);
  const all = await remembered(tx, { name: "paces", scope, asked: part }, () => judgeAll(tx, { scope, part }));
  const asked = filterValues(query, "pace") as PaceState[] | null;
  const items = all.filter(({ pace }) => asked === null || asked.includes(pace));
  return { items: items.slice(query.start, query.start + query.limit), total: items.length };
}

async function judgeAll(tx: TxCtx, { scope, part }: Within): Promise<CampaignPace[]> {
  const accounts = new Map(scope.accounts.filter(({ moneyHidden }) => !moneyHidden).map((one) => [one.id, one]));
  const campaigns = await budgetedCampaigns(tx, [...accounts.keys()], part.campaignId);
  const judged = campaigns.flatMap((campaign): Judged[] => {
    const account = accounts.get(campaign.accountId);
    return account ? [judge(campaign, account)] : [];
  });
  const windows = judged.flatMap(({ campaign, account, period, through }) =>
    period && through
      ? [
          {
            account: campaign.accountId,
            campaign: campaign.campaignId,
            from: period.from,
            to: through,
            currency: account.currency,
            recent: latest(period.from, addDays(through, 1 - recentDays)),
          },
        ]
      : [],
  );
  const spends = await windowSpends(tx, windows, scope.at);
  return judged
    .map((one) => show(one, spends.get(idOf(one.campaign))))
    .sort((a, b) => paces.indexOf(a.pace) - paces.indexOf(b.pace) || apart(b) - apart(a) || a.id.localeCompare(b.id));
}

const idOf = ({ accountId, campaignId }: BudgetedCampaign): string => `${accountId}:${campaignId}`;
const apart = ({ deviation }: CampaignPace): number => Math.abs(deviation ?? 0);
const latest = (a: string, b: string): string => (a > b ? a : b);
const momentOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

function judge(campaign: BudgetedCampaign, account: ScopedAccount): Judged {
  const budgeted = {
    flights: flightsOf(campaign.source),
    startsAt: momentOf(campaign.startsAt),
    endsAt: momentOf(campaign.endsAt),
    budget: campaign.budget === null ? null : BigInt(campaign.budget),
    budgetPeriod: campaign.budgetPeriod,
  };
  const period = periodOf(budgeted, account.timeZone, account.today);
  return { campaign, account, period, through: period && countedThrough(period, account) };
}

const nothingSpent: WindowSpend = { spent: 0n, recent: 0n, knownDays: 0 };

function show({ campaign, account, period, through }: Judged, spend = nothingSpent): CampaignPace {
  const standing = period && standingOf(period, spend, { through, today: account.today });
  const text = (micros: bigint | null | undefined) => micros?.toString() ?? null;
  const counted = period && through ? { from: period.from, to: through } : null;
  return {
    id: idOf(campaign),
    name: campaign.name,
    accountName: account.name,
    brandName: account.brandName,
    currency: account.currency,
    timeZone: account.timeZone,
    basis: period?.basis ?? null,
    flight: period?.flight ?? null,
    from: period?.from ?? null,
    to: period?.to ?? null,
    days: standing?.days ?? null,
    counted: standing?.counted ?? 0,
    daysLeft: standing?.daysLeft ?? null,
    through,
    gaps: counted ? daysBetween(counted.from, counted.to) + 1 - spend.knownDays : 0,
    budget: text(period?.budget),
    spent: counted ? text(spend.spent) : null,
    expected: text(standing?.expected),
    ahead: text(standing?.ahead),
    deviation: standing?.deviation ?? null,
    projected: text(standing?.projected),
    pace: standing?.pace ?? "no_budget",
    settled: settledByRule(counted ?? account.range, account.today),
    freshness: freshnessOf([account]),
  };
}
