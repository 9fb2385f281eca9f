// A campaign's flights, out of what Amazon sent.
import { z } from "zod";
import type { CampaignInsights } from "./contract";
import { microsOf } from "./report-types/amounts";

const Money = z.object({ monetaryBudgetValue: z.object({ monetaryBudget: z.object({ value: z.number() }) }) });
const Flights = z.object({
  flights: z.array(
    z.object({
      name: z.string().nullish(),
      startDateTime: z.iso.datetime({ offset: true }).nullish().catch(null),
      endDateTime: z.iso.datetime({ offset: true }).nullish().catch(null),
      budget: z.object({ budgetValue: Money.nullish().catch(null) }).nullish(),
    }),
  ),
});

/** Out of the campaign as Amazon sent it; what has another shape is left out. */
export function flightsOf(source: unknown): CampaignInsights["flights"] {
  const read = Flights.safeParse(source);
  if (!read.success) return [];
  return read.data.flights.map(({ name, startDateTime, endDateTime, budget }) => ({
    name: name ?? null,
    startsAt: startDateTime ? new Date(startDateTime).toISOString() : null,
    endsAt: endDateTime ? new Date(endDateTime).toISOString() : null,
    budget: microsText(budget?.budgetValue?.monetaryBudgetValue.monetaryBudget.value),
  }));
}

const microsText = (value: number | undefined): string | null =>
  value === undefined ? null : (microsOf(value)?.toString() ?? null);
