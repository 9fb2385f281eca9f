// What our columns do not hold of a campaign or an ad group, out of what Amazon sent; what has another shape is left out.
import { z } from "zod";

const text = z.string().nullish().catch(null);
const Source = z.object({
  budgets: z
    .array(z.object({ recurrenceTimePeriod: text }))
    .nullish()
    .catch(null),
  flights: z
    .array(z.object({ startDateTime: text }))
    .nullish()
    .catch(null),
  optimizations: z
    .object({ budgetSettings: z.object({ budgetAllocation: text }).nullish() })
    .nullish()
    .catch(null),
  optimization: z
    .object({ budgetSettings: z.object({ budgetAllocation: text }).nullish() })
    .nullish()
    .catch(null),
});

const read = (source: unknown) => Source.safeParse(source).data;

/** DAILY, MONTHLY, LIFETIME; null where it is not said. */
export const periodOf = (source: unknown): string | null => read(source)?.budgets?.[0]?.recurrenceTimePeriod ?? null;

/** When the last of several flights starts. */
export function lastFlightStart(source: unknown): Date | null {
  const starts = (read(source)?.flights ?? []).flatMap(({ startDateTime }) => Date.parse(startDateTime ?? "") || []);
  return starts.length > 0 ? new Date(Math.max(...starts)) : null;
}

/** Whether Amazon says that it shares out the budgets of ad groups itself. */
export function sharesBudgets(campaign: unknown, adGroup: unknown): boolean {
  const allocations = [read(campaign)?.optimizations, read(adGroup)?.optimization].map(
    (settings) => settings?.budgetSettings?.budgetAllocation,
  );
  return allocations.some((allocation) => allocation === "AUTO");
}
