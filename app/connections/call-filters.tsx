import { Select } from "antd";
import type { AmazonCall } from "#server/connections/call-contract";
import { type Region, regionNames } from "#server/connections/contract";
import { DayFilters } from "~/ui/day-filters";
import type { ListState } from "~/ui/use-list";
import { failureOptions, operationOptions } from "./call-words";

export interface Named {
  id: string;
  name: string;
}

interface CallFiltersProps {
  table: ListState<AmazonCall>;
  brands: Named[];
  accounts: Named[];
  connections: Named[];
}

interface Option {
  value: string;
  label: string;
}

const optionsOf = (rows: Named[]): Option[] => rows.map(({ id, name }) => ({ value: id, label: name }));
const regions = Object.entries(regionNames).map(([value, label]) => ({ value: value as Region, label }));
const outcomes = [{ value: "failed", label: "Any failure" }, ...failureOptions, { value: "ok", label: "OK" }];

export function CallFilters({ table, brands, accounts, connections }: CallFiltersProps) {
  const select = (field: string, [label, any]: [string, string], options: Option[]) => (
    <Select
      aria-label={label}
      allowClear
      showSearch
      optionFilterProp="label"
      popupMatchSelectWidth={false}
      placeholder={any}
      options={options}
      value={table.filterValue(field)}
      onChange={(value) => table.setFilter(field, value)}
    />
  );
  return (
    <>
      <OutcomeFilter table={table} />
      {select("operation", ["Operation", "Any operation"], operationOptions)}
      {brands.length > 0 ? select("brandId", ["Brand", "Any brand"], optionsOf(brands)) : null}
      {select("accountId", ["Account", "Any account"], optionsOf(accounts))}
      {select("connectionId", ["Connection", "Any connection"], optionsOf(connections))}
      {select("region", ["Region", "Any region"], regions)}
      <DayFilters table={table} field="at" />
    </>
  );
}

/** One choice over two fields: how it ended at all, and the kind of failure. */
function OutcomeFilter({ table }: { table: ListState<AmazonCall> }) {
  const choose = (value: string | undefined) => {
    const isOutcome = value === "ok" || value === "failed";
    table.setFilters({ outcome: isOutcome ? value : undefined, errorClass: isOutcome ? undefined : value });
  };
  const chosen = table.filterValue("errorClass") ?? table.filterValue("outcome");
  return (
    <Select
      aria-label="How it ended"
      allowClear
      popupMatchSelectWidth={false}
      placeholder="Any ending"
      options={outcomes}
      value={typeof chosen === "string" ? chosen : undefined}
      onChange={choose}
    />
  );
}
