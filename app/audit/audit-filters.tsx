import { Select } from "antd";
import type { AuditEvent } from "#server/audit/contract";
import { DayFilters } from "~/ui/day-filters";
import type { ListState } from "~/ui/use-list";

interface AuditFiltersProps {
  table: ListState<AuditEvent>;
  people: { id: string; name: string }[];
  brands: { id: string; name: string }[];
}

const kinds = ["account", "agency", "brand", "connection", "invitation", "member", "user"].map((value) => ({
  value,
  label: value.charAt(0).toUpperCase() + value.slice(1),
}));
const optionsOf = (rows: { id: string; name: string }[]) => rows.map(({ id, name }) => ({ value: id, label: name }));

export function AuditFilters({ table, people, brands }: AuditFiltersProps) {
  const select = (field: string, [label, any]: [string, string], options: { value: string; label: string }[]) => (
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
      {select("targetType", ["Kind", "Anything"], kinds)}
      {select("actorId", ["Person", "Anybody"], optionsOf(people))}
      {brands.length > 0 ? select("brandId", ["Brand", "Any brand"], optionsOf(brands)) : null}
      <DayFilters table={table} field="at" />
    </>
  );
}
