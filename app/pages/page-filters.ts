import type { CrudFilter, CrudSort } from "@refinedev/core";
import type { PageDefinition } from "#server/pages/contract";

/** A page's fixed filters, as lists are asked. */
export const crudFiltersOf = ({ filters }: Pick<PageDefinition, "filters">): CrudFilter[] =>
  filters.map(({ field, operator, values }) => ({
    field,
    operator: operator === "like" ? "contains" : operator,
    value: values.length === 1 ? values[0] : values,
  }));

export const sortersOf = ({ sort }: Pick<PageDefinition, "sort">): CrudSort[] => (sort ? [sort] : []);
