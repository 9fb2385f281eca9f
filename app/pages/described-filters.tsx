// Filters of a list, from the description of its resource alone.

import { FilterOutlined } from "@ant-design/icons";
import type { CrudFilter } from "@refinedev/core";
import { Button, Popover, Select } from "antd";
import type { FilterDescription } from "#server/api/describe";
import { ReferenceSelect } from "~/lists/described-fields";
import { DayFilters } from "~/ui/day-filters";
import type { ListState } from "~/ui/use-list";
import type { Row } from "./described-columns";

const yesOrNo = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];

const operators = ["eq", "gte", "lte"] as const;

/** Those that one chooses among few, behind a button: a list may have many. What a page fixes is not offered. */
export function DescribedFilters({ table, fixed }: { table: ListState<Row>; fixed: readonly CrudFilter[] }) {
  const { filters, fields } = table.description;
  const offered = filters
    .map((filter) => ({ filter, reference: fields.find(({ key }) => key === filter.key)?.reference }))
    .filter(({ filter: { key, kind }, reference }) => {
      const isFixed = fixed.some((one) => "field" in one && one.field === key);
      return !isFixed && (reference !== undefined || ["enum", "boolean", "date"].includes(kind));
    });
  if (offered.length === 0) return null;
  const set = offered.filter(({ filter: { key } }) => operators.some((operator) => table.filterValue(key, operator)));
  const content = (
    <div className="tm-filters">
      {offered.map((one) => (
        <div key={one.filter.key} className="tm-stack">
          <span>{one.filter.label}</span>
          <OneFilter {...one} table={table} />
        </div>
      ))}
    </div>
  );
  return (
    <Popover content={content} trigger="click" placement="bottomLeft" title="Filters">
      <Button icon={<FilterOutlined aria-hidden />} aria-haspopup="dialog">
        {set.length > 0 ? `Filters (${set.length})` : "Filters"}
      </Button>
    </Popover>
  );
}

interface OneFilterProps {
  filter: FilterDescription;
  reference: string | undefined;
  table: ListState<Row>;
}

function OneFilter({ filter, reference, table }: OneFilterProps) {
  const { key, label, kind, values } = filter;
  const value = table.filterValue(key);
  const chosen = typeof value === "string" ? value : undefined;
  if (reference) {
    return (
      <ReferenceSelect
        label={label}
        placeholder="Any"
        resource={reference}
        value={chosen ?? null}
        onChange={(next) => table.setFilter(key, next ?? undefined)}
      />
    );
  }
  if (kind === "date") {
    return (
      <span className="tm-filter-days">
        <DayFilters table={table} field={key} label={label} />
      </span>
    );
  }
  return (
    <Select
      aria-label={label}
      allowClear
      popupMatchSelectWidth={false}
      placeholder="Any"
      options={values ?? yesOrNo}
      value={chosen}
      onChange={(next) => table.setFilter(key, next)}
    />
  );
}
