import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { Unassigned } from "~/dashboards/unassigned";
import { can, canEverywhere } from "~/providers/access-control";
import { useNews } from "~/providers/live";
import { Link, useUrlParams } from "~/providers/router";
import { keepsLoader, useReread } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { ActiveBrands } from "./active-brands";
import { ArchivedBrands } from "./archived-brands";
import { BrandDrawer } from "./brand-drawer";
import { loadBrands } from "./brands.server";

export const meta: MetaFunction = () => [{ title: "Brands · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadBrands(args);
export const shouldRevalidate = keepsLoader("show", "view");

type Editing = { id: string; name: string } | "new" | null;

export default function Brands() {
  const data = useLoaderData<typeof loader>();
  const viewer = useViewer();
  const reread = useReread();
  const [editing, setEditing] = useState<Editing>(null);
  const mayWrite = can(viewer, "brands.write");
  useNews(["accounts", "brands"], reread);
  const create = canEverywhere(viewer, "brands.write") ? (
    <Button type="primary" onClick={() => setEditing("new")}>
      New brand
    </Button>
  ) : null;
  return (
    <Page
      title="Brands"
      description="Your agency's clients, those in most need of a person first. Accounts, roles and dashboards belong to a brand."
      width="full"
      action={create}
    >
      <Unassigned count={data.unassigned} />
      <ViewSwitch show={data.show} />
      {data.show === "archived" ? (
        <ArchivedBrands seed={data.seed} permanent={data.permanent} mayWrite={mayWrite} onChanged={reread} />
      ) : (
        <ActiveBrands
          key={data.show}
          view={data.show}
          seed={data.seed}
          choices={data.choices}
          mayWrite={mayWrite}
          empty={<NoBrands create={create} />}
          onEdit={setEditing}
          onChanged={reread}
        />
      )}
      <BrandDrawer
        brand={editing === "new" ? null : editing}
        tags={data.choices.tags}
        open={editing !== null}
        onClose={() => setEditing(null)}
        onDone={reread}
      />
    </Page>
  );
}

const views = [
  { show: "wall", label: "Wall" },
  { show: "table", label: "Table" },
  { show: "archived", label: "Archived" },
] as const;

/** The wall and the table are two views of one list: filters and order go along. */
function ViewSwitch({ show }: { show: (typeof views)[number]["show"] }) {
  const [params] = useUrlParams();
  const to = (next: string) => {
    const dropped =
      next === "archived" || show === "archived" ? /^(show|view|sorters|filters|c|pa)/ : /^(show|view|c|pa)/;
    const kept = new URLSearchParams([...params].filter(([name]) => !dropped.test(name)));
    if (next === "archived") kept.set("show", next);
    if (next === "table") kept.set("view", next);
    return `?${kept}`;
  };
  return (
    <nav className="tm-switch" aria-label="Which brands, and how">
      {views.map((view) => (
        <Link key={view.show} to={to(view.show)} aria-current={view.show === show ? "page" : undefined}>
          {view.label}
        </Link>
      ))}
    </nav>
  );
}

function NoBrands({ create }: { create: ReactNode }) {
  return (
    <EmptyState title="Your clients will be listed here" action={create}>
      {create
        ? "Create a brand for each client, then assign Amazon accounts to it."
        : "Nobody has given you a brand yet. An owner or admin of your agency can."}
    </EmptyState>
  );
}
