import type { BaseRecord } from "@refinedev/core";
import { Input } from "antd";
import type { ListState } from "./use-list";

/** Days are the viewer's own: the list keeps moments. */
const startOf = (day: string) => (day ? new Date(`${day}T00:00:00`).toISOString() : undefined);
const endOf = (day: string) => (day ? new Date(`${day}T23:59:59.999`).toISOString() : undefined);

function dayOf(moment: string | string[] | undefined): string {
  if (typeof moment !== "string" || !moment) return "";
  const date = new Date(moment);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

interface DayFiltersProps<T extends BaseRecord> {
  table: ListState<T>;
  field: string;
  /** Names the field where a list has several such filters. */
  label?: string;
}

/** From one day to another, both included, on a field that holds moments. */
export function DayFilters<T extends BaseRecord>({ table, field, label }: DayFiltersProps<T>) {
  return (
    <>
      <Input
        type="date"
        aria-label={label ? `${label}, from day` : "From day"}
        className="tm-day-field"
        value={dayOf(table.filterValue(field, "gte"))}
        onChange={({ target }) => table.setFilter(field, startOf(target.value), "gte")}
      />
      <Input
        type="date"
        aria-label={label ? `${label}, to day` : "To day"}
        className="tm-day-field"
        value={dayOf(table.filterValue(field, "lte"))}
        onChange={({ target }) => table.setFilter(field, endOf(target.value), "lte")}
      />
    </>
  );
}
