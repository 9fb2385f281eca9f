import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button } from "antd";
import { useMemo, useState } from "react";
import type { Brand } from "#server/workspace/contract";
import { can } from "~/providers/access-control";
import { useNews } from "~/providers/live";
import { Link, useUrlParams } from "~/providers/router";
import { keepsLoader, useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { type Column, DataTable } from "~/ui/data-table";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { BrandDrawer } from "./brand-drawer";
import { loadBrands } from "./brands.server";
import { useArchiving } from "./use-archiving";

export const meta: MetaFunction = () => [{ title: "Brands · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadBrands(args);
export const shouldRevalidate = keepsLoader("show");

type Editing = Brand | "new" | null;

export default function Brands() {
  const { seed, permanent, archived, accounts } = useLoaderData<typeof loader>();
  const table = useSeededTable<Brand>("brands", seed, { permanent });
  const revalidate = useReread();
  const [editing, setEditing] = useState<Editing>(null);
  const mayWrite = can(useViewer(), "brands.write");
  const refresh = () => {
    table.refetch();
    revalidate();
  };
  useNews(["accounts"], revalidate);
  const archiving = useArchiving(refresh);
  const columns = useMemo(
    () => brandColumns({ mayWrite, archived, accounts, onEdit: setEditing, ...archiving }),
    [mayWrite, archived, accounts, archiving],
  );
  const create = mayWrite ? (
    <Button type="primary" onClick={() => setEditing("new")}>
      New brand
    </Button>
  ) : null;
  return (
    <Page
      title="Brands"
      description="Your agency's clients. Accounts, roles and dashboards belong to a brand."
      width="full"
      action={create}
    >
      <ShowSwitch archived={archived} />
      <DataTable
        table={table}
        columns={columns}
        what={archived ? "archived brands" : "brands"}
        searchLabel="Search brands"
        empty={<NoBrands archived={archived} create={create} />}
      />
      <BrandDrawer
        brand={editing === "new" ? null : editing}
        open={editing !== null}
        onClose={() => setEditing(null)}
        onDone={refresh}
      />
    </Page>
  );
}

function ShowSwitch({ archived }: { archived: boolean }) {
  const [params] = useUrlParams();
  const to = (show: string | null) => {
    const next = new URLSearchParams([...params].filter(([name]) => !/^(show|currentPage|filters)/.test(name)));
    if (show) next.set("show", show);
    return `?${next}`;
  };
  return (
    <nav className="tm-switch" aria-label="Which brands">
      <Link to={to(null)} aria-current={archived ? undefined : "page"}>
        Active
      </Link>
      <Link to={to("archived")} aria-current={archived ? "page" : undefined}>
        Archived
      </Link>
    </nav>
  );
}

function NoBrands({ archived, create }: { archived: boolean; create: React.ReactNode }) {
  if (archived) {
    return <EmptyState title="No archived brands">A brand you archive waits here and can be restored.</EmptyState>;
  }
  return (
    <EmptyState title="Your clients will be listed here" action={create}>
      {create
        ? "Create a brand for each client, then assign Amazon accounts to it."
        : "Nobody has given you a brand yet. An owner or admin of your agency can."}
    </EmptyState>
  );
}

interface RowActs extends ReturnType<typeof useArchiving> {
  mayWrite: boolean;
  archived: boolean;
  /** How many each brand has; null for those who may not know. */
  accounts: Record<string, number> | null;
  onEdit: (brand: Brand) => void;
}

const accountsColumn = (accounts: Record<string, number>): Column<Brand> => ({
  key: "accounts",
  title: "Accounts",
  numeric: true,
  width: 120,
  render: ({ id }) => <Link to={`/accounts?brand=${id}`}>{accounts[id] ?? 0}</Link>,
});

function brandColumns({ mayWrite, archived, accounts, onEdit, archive, restore }: RowActs): Column<Brand>[] {
  const columns: Column<Brand>[] = [
    {
      key: "name",
      title: "Brand",
      sort: true,
      width: 320,
      render: (brand) => <Link to={`/brands/${brand.id}`}>{brand.name}</Link>,
    },
    ...(accounts ? [accountsColumn(accounts)] : []),
    { key: "createdAt", title: "Created", sort: true, narrow: true, render: (brand) => <Time at={brand.createdAt} /> },
  ];
  if (archived) {
    columns.push({ key: "archivedAt", title: "Archived", render: (brand) => <Time at={brand.archivedAt} /> });
  }
  if (!mayWrite) return columns;
  const acts: Column<Brand> = {
    key: "acts",
    title: "Actions",
    narrow: true,
    render: (brand) => (
      <span className="tm-row-acts">
        <Button size="small" aria-label={`Rename ${brand.name}`} onClick={() => onEdit(brand)}>
          Rename
        </Button>
        <Button
          size="small"
          aria-label={`${archived ? "Restore" : "Archive"} ${brand.name}`}
          onClick={() => (archived ? restore(brand) : archive(brand))}
        >
          {archived ? "Restore" : "Archive"}
        </Button>
      </span>
    ),
  };
  return [...columns, acts];
}
