import { Input, Select } from "antd";
import { useEffect, useState } from "react";
import type { AuditEvent } from "#server/audit/contract";
import { DayFilters } from "~/ui/day-filters";
import type { ListState } from "~/ui/use-list";
import { actionWords } from "./audit-words";
import { outcomeOptions } from "./outcome-tag";

interface AuditFiltersProps {
  table: ListState<AuditEvent>;
  people: { id: string; name: string }[];
  brands: { id: string; name: string }[];
  /** What occurred of late. */
  actions: string[];
  kinds: string[];
}

interface Option {
  value: string;
  label: string;
}

const optionsOf = (rows: { id: string; name: string }[]): Option[] =>
  rows.map(({ id, name }) => ({ value: id, label: name }));
const wordOptions = (values: string[]): Option[] => values.map((value) => ({ value, label: actionWords(value) }));
const others: Option[] = [
  { value: "system", label: "Tidemark itself" },
  { value: "key", label: "Any API key" },
  { value: "operator", label: "Operator" },
  { value: "anonymous", label: "Not signed in" },
];

export function AuditFilters({ table, people, brands, actions, kinds }: AuditFiltersProps) {
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
      <WhoFilter table={table} people={optionsOf(people)} />
      {select("action", ["Action", "Any action"], wordOptions(actions))}
      {select("targetType", ["Kind of record", "Of anything"], wordOptions(kinds))}
      {brands.length > 0 ? select("brandId", ["Brand", "Any brand"], optionsOf(brands)) : null}
      {select("outcome", ["Outcome", "Any outcome"], outcomeOptions)}
      <IpFilter table={table} />
      <DayFilters table={table} field="at" />
    </>
  );
}

/** One choice over two fields: a person, or a kind of actor that is none. */
function WhoFilter({ table, people }: { table: ListState<AuditEvent>; people: Option[] }) {
  const choose = (value: string | undefined) => {
    const isOther = others.some((option) => option.value === value);
    table.setFilters({ actorId: isOther ? undefined : value, actorKind: isOther ? value : undefined });
  };
  const chosen = table.filterValue("actorId") ?? table.filterValue("actorKind");
  return (
    <Select
      aria-label="Who"
      allowClear
      showSearch
      optionFilterProp="label"
      popupMatchSelectWidth={false}
      placeholder="Anybody"
      options={[...people, ...others]}
      value={typeof chosen === "string" ? chosen : undefined}
      onChange={choose}
    />
  );
}

/** Looked for when the field is left or Enter is pressed: half an address matches nothing. */
function IpFilter({ table }: { table: ListState<AuditEvent> }) {
  const current = String(table.filterValue("ip") ?? "");
  const [text, setText] = useState(current);
  useEffect(() => setText(current), [current]);
  const look = () => {
    if (text.trim() !== current) table.setFilter("ip", text.trim() || undefined);
  };
  return (
    <Input
      aria-label="IP address"
      placeholder="Any IP address"
      className="tm-ip-field"
      allowClear
      value={text}
      onChange={({ target }) => setText(target.value)}
      onPressEnter={look}
      onBlur={look}
    />
  );
}
