import { Select } from "antd";
import {
  type Account,
  AccountKind,
  accountKindNames,
  CapabilityName,
  Region,
  regionNames,
} from "#server/connections/contract";
import type { ListState } from "~/ui/use-list";
import { capabilityWords } from "./words";

const choices = {
  kind: AccountKind.options.map((value) => ({ value, label: accountKindNames[value] })),
  region: Region.options.map((value) => ({ value, label: regionNames[value] })),
  capability: CapabilityName.options.map((value) => ({ value, label: capabilityWords[value].filter })),
};

interface FilterProps {
  table: ListState<Account>;
  field: string;
  label: string;
  options: { value: string; label: string }[];
}

function Filter({ table, field, label, options }: FilterProps) {
  return (
    <Select
      aria-label={label}
      allowClear
      showSearch
      optionFilterProp="label"
      placeholder={`Any ${label.toLowerCase()}`}
      value={table.filterValue(field)}
      onChange={(value) => table.setFilter(field, value)}
      options={options}
      popupMatchSelectWidth={false}
    />
  );
}

/** `brands` is null where the page already shows one brand only. */
export function AccountFilters({
  table,
  brands,
}: {
  table: ListState<Account>;
  brands: { id: string; name: string }[] | null;
}) {
  const brandOptions = [
    { value: "none", label: "Not assigned" },
    ...(brands ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <>
      {brands ? <Filter table={table} field="brandId" label="Brand" options={brandOptions} /> : null}
      <Filter table={table} field="kind" label="Kind" options={choices.kind} />
      <Filter table={table} field="region" label="Region" options={choices.region} />
      <Filter table={table} field="capability" label="Capability" options={choices.capability} />
    </>
  );
}
