import type { ResolvedRange } from "~/ui/date-range";

/** A list's filters by equality, with the page's days and the moment they are seen as of. */
export const filtersOf = (values: Record<string, string>, { id, asOf }: Pick<ResolvedRange, "id" | "asOf">) =>
  Object.entries({ ...values, range: id, ...(asOf ? { asOf } : {}) }).map(([field, value]) => ({
    field,
    operator: "eq" as const,
    value,
  }));
