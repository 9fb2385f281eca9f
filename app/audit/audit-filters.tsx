import { Input, Select } from "antd";
import type { AuditEvent } from "#server/audit/contract";
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
const textOf = (value: string | string[] | undefined): string => (typeof value === "string" ? value : "");

/** Days are the viewer's own: the log keeps moments. */
const startOf = (day: string) => (day ? new Date(`${day}T00:00:00`).toISOString() : undefined);
const endOf = (day: string) => (day ? new Date(`${day}T23:59:59.999`).toISOString() : undefined);
const dayOf = (moment: string): string => {
  if (!moment) return "";
  const date = new Date(moment);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

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
      <Input
        type="date"
        aria-label="From day"
        className="tm-day-field"
        value={dayOf(textOf(table.filterValue("at", "gte")))}
        onChange={({ target }) => table.setFilter("at", startOf(target.value), "gte")}
      />
      <Input
        type="date"
        aria-label="To day"
        className="tm-day-field"
        value={dayOf(textOf(table.filterValue("at", "lte")))}
        onChange={({ target }) => table.setFilter("at", endOf(target.value), "lte")}
      />
    </>
  );
}
