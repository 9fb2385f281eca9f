import { useDelete } from "@refinedev/core";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button } from "antd";
import { useState } from "react";
import { type CustomPage, menuWords } from "#server/pages/contract";
import { permissionWords } from "#server/workspace/role-contract";
import { lazyDrawer } from "~/lists/lazy";
import type { ApiError } from "~/providers/data";
import { Link } from "~/providers/router";
import { keepsLoader, useReread } from "~/revalidate";
import { useConfirm } from "~/ui/confirm";
import { type Column, DataTable } from "~/ui/data-table";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { useSeededTable } from "~/ui/use-list";
import { loadCustomPages } from "./custom-pages.server";
import type { PageEditorProps, PageOpen } from "./page-editor";
import { listWords } from "./use-descriptions";

export const meta: MetaFunction = () => [{ title: "Custom pages · Tidemark" }];
export const loader = (args: LoaderFunctionArgs) => loadCustomPages(args);
export const shouldRevalidate = keepsLoader();

const PageEditor = lazyDrawer<PageEditorProps>(() => import("./page-editor"));

export default function CustomPages() {
  const { seed } = useLoaderData<typeof loader>();
  const table = useSeededTable<CustomPage>("custom-pages", seed);
  const reread = useReread();
  // The navigation has the pages too.
  const changed = () => {
    table.refetch();
    reread();
  };
  const [editing, setEditing] = useState<{ what: PageOpen; open: boolean; turn: number } | null>(null);
  const edit = (what: PageOpen) => setEditing({ what, open: true, turn: (editing?.turn ?? 0) + 1 });
  const remove = useRemoving(changed);
  const columns = pageColumns({ onOpen: edit, remove });
  const create = (
    <Button type="primary" onClick={() => edit({ how: "new" })}>
      New page
    </Button>
  );
  return (
    <Page
      title="Custom pages"
      description="Lists of your own: chosen columns, filters and actions, for chosen people. A page never shows anybody more than the list it is made of."
      width="full"
      action={create}
    >
      <DataTable
        table={table}
        columns={columns}
        what="pages"
        searchLabel="Search pages"
        height="auto"
        labelOf={({ title }) => title}
        empty={
          <EmptyState title="Your pages will be listed here" action={create}>
            A page is a list that your agency looks at often, such as paused campaigns of one kind, with what your own
            systems can do about them.
          </EmptyState>
        }
      />
      {editing ? (
        <PageEditor
          key={editing.turn}
          open={editing.open}
          what={editing.what}
          onClose={() => setEditing({ ...editing, open: false })}
          onDone={changed}
        />
      ) : null}
    </Page>
  );
}

function useRemoving(onDone: () => void) {
  const { mutateAsync } = useDelete();
  const confirm = useConfirm();
  return (page: CustomPage) =>
    confirm({
      title: `Delete the page ${page.title}?`,
      content: "Nobody finds it any more. What it listed stays as it is.",
      act: "Delete",
      danger: true,
      onAct: () =>
        mutateAsync({
          resource: "custom-pages",
          id: page.id,
          successNotification: { message: `${page.title} is deleted`, type: "success" },
          errorNotification: (error) => ({
            message: (error as ApiError).message,
            description: (error as ApiError).remedy ?? "",
            type: "error",
          }),
        }).then(onDone, () => {}),
    });
}

interface RowActs {
  onOpen: (open: PageOpen) => void;
  remove: (page: CustomPage) => void;
}

const pageColumns = (acts: RowActs): Column<CustomPage>[] => [
  {
    key: "title",
    title: "Page",
    sort: true,
    width: 240,
    render: ({ title, slug }) => <Link to={`/pages/${slug}`}>{title}</Link>,
  },
  { key: "slug", title: "Address", sort: true, render: ({ slug }) => <code>/pages/{slug}</code> },
  { key: "resource", title: "Lists", sort: true, narrow: true, render: ({ resource }) => listWords(resource) },
  { key: "columns", title: "Columns", numeric: true, render: ({ columns }) => columns.length },
  { key: "filters", title: "Filters", numeric: true, render: ({ filters }) => filters.length },
  { key: "actions", title: "Actions", numeric: true, render: ({ actions }) => actions.length },
  { key: "seenBy", title: "Seen by", render: (page) => <span className="tm-wrap">{seenWords(page)}</span> },
  { key: "menu", title: "Place", render: ({ menu }) => menuWords[menu] },
  { key: "acts", title: "Change", narrow: true, render: (page) => <Acts page={page} {...acts} /> },
];

function seenWords({ seenBy }: CustomPage): string {
  const roles =
    seenBy.roles.length === 0 ? "any role" : seenBy.roles.length === 1 ? "1 role" : `${seenBy.roles.length} roles`;
  return seenBy.permission ? `${roles}, who may: ${permissionWords(seenBy.permission).toLowerCase()}` : roles;
}

function Acts({ page, onOpen, remove }: RowActs & { page: CustomPage }) {
  return (
    <span className="tm-row-acts">
      <Button size="small" aria-label={`Edit ${page.title}`} onClick={() => onOpen({ how: "edit", page })}>
        Edit
      </Button>
      <Button size="small" aria-label={`Duplicate ${page.title}`} onClick={() => onOpen({ how: "new", from: page })}>
        Duplicate
      </Button>
      <Button size="small" aria-label={`Delete ${page.title}`} onClick={() => remove(page)}>
        Delete
      </Button>
    </span>
  );
}
