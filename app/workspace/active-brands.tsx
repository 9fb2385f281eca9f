import { Button } from "antd";
import { type ReactNode, useMemo } from "react";
import type { WallBrand } from "#server/dashboards/contract";
import { BrandWall } from "~/dashboards/brand-wall";
import { wallColumns } from "~/dashboards/wall-columns";
import { type WallChoices, WallFilters } from "~/dashboards/wall-filters";
import { useNews } from "~/providers/live";
import { type Column, DataTable } from "~/ui/data-table";
import type { Seed } from "~/ui/list-params";
import { useSeededTable } from "~/ui/use-list";
import { useArchiving } from "./use-archiving";

interface ActiveBrandsProps {
  view: "wall" | "table";
  seed: Seed<WallBrand>;
  choices: WallChoices;
  mayWrite: boolean;
  empty: ReactNode;
  onEdit: (brand: WallBrand) => void;
  onChanged: () => void;
}

/** What a sign on the wall is made of. */
export const wallNews = [
  "brand-wall",
  "brands",
  "accounts",
  "connections",
  "brand-dashboards",
  "sync-status",
  "messages",
];

/** The brands that are worked for, as tiles or as a table of the same list. */
export function ActiveBrands({ view, seed, choices, mayWrite, empty, onEdit, onChanged }: ActiveBrandsProps) {
  const table = useSeededTable<WallBrand>("brand-wall", seed, { live: false });
  useNews(wallNews, table.refetch);
  const { archive } = useArchiving(() => {
    table.refetch();
    onChanged();
  });
  const columns = useMemo(
    () => [...wallColumns(table.rows), ...(mayWrite ? [actColumn(onEdit, archive)] : [])],
    [table.rows, mayWrite, onEdit, archive],
  );
  if (view === "wall") return <BrandWall table={table} choices={choices} empty={empty} />;
  return (
    <DataTable
      table={table}
      columns={columns}
      what="brands"
      searchLabel="Search brands, owners, tags"
      bulkActions={["archive"]}
      filters={<WallFilters table={table} choices={choices} />}
      empty={empty}
    />
  );
}

const actColumn = (onEdit: (brand: WallBrand) => void, archive: (brand: WallBrand) => void): Column<WallBrand> => ({
  key: "acts",
  title: "Actions",
  narrow: true,
  render: (brand) => (
    <span className="tm-row-acts">
      <Button size="small" aria-label={`Edit ${brand.name}`} onClick={() => onEdit(brand)}>
        Edit
      </Button>
      <Button size="small" aria-label={`Archive ${brand.name}`} onClick={() => archive(brand)}>
        Archive
      </Button>
    </span>
  ),
});
