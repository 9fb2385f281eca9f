import { Button } from "antd";
import { useMemo } from "react";
import type { Brand } from "#server/workspace/contract";
import { Tags } from "~/dashboards/wall-columns";
import { Link } from "~/providers/router";
import { type Column, DataTable } from "~/ui/data-table";
import type { ListDefaults, Seed } from "~/ui/list-params";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { useArchiving } from "./use-archiving";

interface ArchivedBrandsProps {
  seed: Seed<Brand>;
  permanent: NonNullable<ListDefaults["permanent"]>;
  mayWrite: boolean;
  onChanged: () => void;
}

/** Archived brands keep everything and wait to be restored. */
export function ArchivedBrands({ seed, permanent, mayWrite, onChanged }: ArchivedBrandsProps) {
  const table = useSeededTable<Brand>("brands", seed, { permanent });
  const { restore } = useArchiving(() => {
    table.refetch();
    onChanged();
  });
  const columns = useMemo(() => columnsOf(mayWrite ? restore : null), [mayWrite, restore]);
  return (
    <DataTable
      table={table}
      columns={columns}
      what="archived brands"
      searchLabel="Search archived brands"
      bulkActions={["restore"]}
      takesFiles={false}
      empty={<EmptyState title="No archived brands">A brand you archive waits here and can be restored.</EmptyState>}
    />
  );
}

function columnsOf(restore: ((brand: Brand) => void) | null): Column<Brand>[] {
  const columns: Column<Brand>[] = [
    {
      key: "name",
      title: "Brand",
      sort: true,
      width: 320,
      render: (brand) => <Link to={`/brands/${brand.id}`}>{brand.name}</Link>,
    },
    { key: "ownerName", title: "Owner", sort: true, render: ({ ownerName }) => ownerName ?? "" },
    { key: "tags", title: "Tags", sort: true, render: ({ tags }) => <Tags tags={tags} /> },
    { key: "archivedAt", title: "Archived", narrow: true, render: (brand) => <Time at={brand.archivedAt} past /> },
  ];
  if (!restore) return columns;
  const acts: Column<Brand> = {
    key: "acts",
    title: "Actions",
    narrow: true,
    render: (brand) => (
      <Button size="small" aria-label={`Restore ${brand.name}`} onClick={() => restore(brand)}>
        Restore
      </Button>
    ),
  };
  return [...columns, acts];
}
