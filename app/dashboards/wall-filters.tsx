import { Select } from "antd";
import type { WallBrand } from "#server/dashboards/contract";
import type { ListState } from "~/ui/use-list";

/** What is in use, to choose from. */
export interface WallChoices {
  tags: string[];
  owners: { id: string; name: string }[];
}

const needs = [
  { value: "yes", label: "Needs attention" },
  { value: "problem", label: "Has a problem" },
];
const wanted: Record<string, string[]> = { yes: ["problem", "attention"], problem: ["problem"] };

const sorts = [
  { value: "need", label: "Most urgent first" },
  { value: "name", label: "By name" },
  { value: "ownerName", label: "By owner" },
  { value: "tags", label: "By tag" },
  { value: "deviation", label: "Furthest under budget first" },
];

export function WallFilters({ table, choices }: { table: ListState<WallBrand>; choices: WallChoices }) {
  const need = [table.filterValue("need") ?? []].flat();
  const named = Object.keys(wanted).find((key) => wanted[key]?.join() === need.join());
  return (
    <>
      <Select
        aria-label="Need"
        allowClear
        placeholder="Any state"
        value={named}
        onChange={(value) => table.setFilter("need", value ? wanted[value] : undefined)}
        options={needs}
        popupMatchSelectWidth={false}
      />
      {choices.tags.length > 0 ? (
        <Select
          aria-label="Tag"
          allowClear
          showSearch
          placeholder="Any tag"
          value={table.filterValue("tags")}
          onChange={(value) => table.setFilter("tags", value)}
          options={choices.tags.map((value) => ({ value, label: value }))}
          popupMatchSelectWidth={false}
        />
      ) : null}
      {choices.owners.length > 0 ? (
        <Select
          aria-label="Owner"
          allowClear
          showSearch
          optionFilterProp="label"
          placeholder="Any owner"
          value={table.filterValue("ownerUserId")}
          onChange={(value) => table.setFilter("ownerUserId", value)}
          options={[
            { value: "none", label: "No owner" },
            ...choices.owners.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          popupMatchSelectWidth={false}
        />
      ) : null}
    </>
  );
}

/** The order of the tiles; the table has its headers for that. */
export function WallOrder({ table }: { table: ListState<WallBrand> }) {
  return (
    <Select
      aria-label="Order"
      value={table.sorters[0]?.field ?? "need"}
      onChange={(field) => table.setSorters([{ field, order: field === "need" ? "desc" : "asc" }])}
      options={sorts}
      popupMatchSelectWidth={false}
    />
  );
}
