import { Alert, Button } from "antd";
import type { ReactNode } from "react";
import type { WallBrand } from "#server/dashboards/contract";
import { Pager } from "~/ui/pager";
import { ErrorState, NoMatch } from "~/ui/states";
import { SearchField } from "~/ui/table-tools";
import type { ListState } from "~/ui/use-list";
import { TileGrid } from "./brand-tile";
import { type WallChoices, WallFilters, WallOrder } from "./wall-filters";

interface BrandWallProps {
  table: ListState<WallBrand>;
  choices: WallChoices;
  empty: ReactNode;
}

/** Every brand as a tile. The same list as the table, and the same URL. */
export function BrandWall({ table, choices, empty }: BrandWallProps) {
  const nothing = !table.loading && !table.error && table.total === 0;
  if (nothing && !table.narrowed) return <>{empty}</>;
  return (
    <div className="tm-list">
      <div className="tm-tools">
        <SearchField value={table.search} onSearch={table.setSearch} label="Search brands, owners, tags" />
        <WallFilters table={table} choices={choices} />
        <span className="tm-spring" />
        <WallOrder table={table} />
      </div>
      {nothing ? <NoMatch what="brands" onClear={table.clear} /> : null}
      {table.error && table.rows.length === 0 ? (
        <ErrorState title="The brands could not be loaded" error={table.error} onRetry={table.refetch} />
      ) : null}
      {table.error && table.rows.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          message={`These brands may be out of date: ${table.error.message}`}
          action={
            <Button size="small" onClick={table.refetch}>
              Try again
            </Button>
          }
        />
      ) : null}
      {table.rows.length > 0 ? <TileGrid brands={table.rows} label="Brand wall" /> : null}
      {table.total > table.pageSize ? (
        <Pager
          page={table.page}
          pageSize={table.pageSize}
          total={table.total}
          what="brands"
          hrefOf={table.hrefOf}
          onPage={table.setPage}
        />
      ) : null}
    </div>
  );
}
