import { expect, test } from "vitest";
import { adGroupChange, campaignChange } from "./amazon-change";

const money = (value: number, currencyCode?: string) => ({
  budgetType: "MONETARY" as const,
  recurrenceTimePeriod: "LIFETIME" as const,
  budgetValue: { monetaryBudgetValue: { monetaryBudget: { value, ...(currencyCode ? { currencyCode } : {}) } } },
});

const held = {
  campaignId: "1",
  name: "A",
  state: "ENABLED" as const,
  budgets: [money(100, "USD"), money(7, "USD")],
  flights: [
    {
      flightId: "f1",
      startDateTime: "2026-11-01T05:00:00Z",
      endDateTime: "2026-12-01T04:59:59Z",
      budget: money(60, "USD"),
    },
    {
      flightId: "f2",
      startDateTime: "2026-12-01T05:00:00Z",
      endDateTime: "2027-01-01T04:59:59Z",
      budget: money(40, "USD"),
    },
  ],
};

test("arrays replace at Amazon, so that what does not change is sent along, without the currency", () => {
  expect(campaignChange(held, { budget: "120500000", state: "PAUSED" })).toEqual({
    campaignId: "1",
    state: "PAUSED",
    budgets: [money(120.5), money(7)],
  });
  expect(campaignChange(held, { endsAt: "2027-02-01T04:59:59.000Z" })).toEqual({
    campaignId: "1",
    flights: [
      { ...held.flights[0], budget: money(60) },
      { ...held.flights[1], endDateTime: "2027-02-01T04:59:59Z", budget: money(40) },
    ],
  });
});

test("a new base bid keeps the highest average bid", () => {
  const group = { adGroupId: "2", campaignId: "1", name: "G", state: "ENABLED" as const };
  const bid = { baseBid: 3, maxAverageBid: 6, currencyCode: "USD" };
  expect(adGroupChange({ ...group, bid }, { baseBid: "3250000" })).toEqual({
    adGroupId: "2",
    bid: { baseBid: 3.25, maxAverageBid: 6 },
  });
});
