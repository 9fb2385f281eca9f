// A change of ours as Amazon takes it. Arrays replace what is there, so that they are made from what Amazon holds now.
import type { AdGroup, AdGroupChange, Budget, Campaign, CampaignChange, Flight } from "../amazon";
import type { ChangeValues } from "./change-contract";

const decimalOf = (micros: string): number => Number(`${BigInt(micros)}e-6`);

/** As it is sent: without the currency, which Amazon puts into replies only. */
function sendable(budget: Budget, micros?: string): Budget {
  const money = budget.budgetValue?.monetaryBudgetValue?.monetaryBudget;
  if (!money) return budget;
  const value = micros === undefined ? money.value : decimalOf(micros);
  return { ...budget, budgetValue: { monetaryBudgetValue: { monetaryBudget: { value } } } };
}

const budgetsWith = (budgets: readonly Budget[] | null | undefined, micros: string): Budget[] =>
  (budgets ?? []).map((budget, index) => sendable(budget, index === 0 ? micros : undefined));

/** A campaign's dates are those of its first and its last flight. */
function flightsWith(flights: readonly Flight[], { startsAt, endsAt }: ChangeValues): Flight[] {
  const first = flights.reduce((a, b) => (Date.parse(b.startDateTime) < Date.parse(a.startDateTime) ? b : a));
  const last = flights.reduce((a, b) => (Date.parse(b.endDateTime) > Date.parse(a.endDateTime) ? b : a));
  return flights.map((flight) => ({
    ...flight,
    ...(flight === first && startsAt ? { startDateTime: amazonMoment(startsAt) } : {}),
    ...(flight === last && endsAt ? { endDateTime: amazonMoment(endsAt) } : {}),
    ...(flight.budget ? { budget: sendable(flight.budget) } : {}),
  }));
}

/** Amazon writes whole seconds. */
const amazonMoment = (iso: string): string => iso.replace(/\.000Z$/, "Z");

const stateOf = (after: ChangeValues) =>
  after.state === "ENABLED" || after.state === "PAUSED" ? { state: after.state as "ENABLED" | "PAUSED" } : {};

export function campaignChange(held: Campaign, after: ChangeValues): CampaignChange {
  const { name, budget, startsAt, endsAt } = after;
  const moves = startsAt || endsAt;
  return {
    campaignId: held.campaignId,
    ...(name ? { name } : {}),
    ...stateOf(after),
    ...(budget ? { budgets: budgetsWith(held.budgets, budget) } : {}),
    ...(moves && held.flights?.length ? { flights: flightsWith(held.flights, after) } : {}),
  };
}

export function adGroupChange(held: AdGroup, after: ChangeValues): AdGroupChange {
  const { name, budget, baseBid, startsAt, endsAt } = after;
  const average = held.bid?.maxAverageBid;
  return {
    adGroupId: held.adGroupId,
    ...(name ? { name } : {}),
    ...stateOf(after),
    ...(budget ? { budgets: budgetsWith(held.budgets, budget) } : {}),
    ...(baseBid
      ? { bid: { baseBid: decimalOf(baseBid), ...(typeof average === "number" ? { maxAverageBid: average } : {}) } }
      : {}),
    ...(startsAt ? { startDateTime: amazonMoment(startsAt) } : {}),
    ...(endsAt ? { endDateTime: amazonMoment(endsAt) } : {}),
  };
}
