// A page that the agency described itself.
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Button } from "antd";
import { useCallback, useMemo, useState } from "react";
import type { OfferedAction } from "#server/pages/action-contract";
import { lazyDrawer } from "~/lists/lazy";
import { countWords } from "~/lists/words";
import { keepsLoader } from "~/revalidate";
import { useViewer } from "~/shell/viewer";
import type { Column } from "~/ui/columns";
import { DataTable } from "~/ui/data-table";
import { LinkButton } from "~/ui/link-button";
import { Page } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { useSeededTable } from "~/ui/use-list";
import { describedColumns, type Row } from "./described-columns";
import { DescribedFilters } from "./described-filters";
import { loadPage } from "./page.server";
import { listWords } from "./use-descriptions";
import type { UseSheetProps } from "./use-sheet";

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.page.title ?? "Page"} · Tidemark` }];
export const loader = (args: LoaderFunctionArgs) => loadPage(args);
export const shouldRevalidate = keepsLoader("brand");

const UseSheet = lazyDrawer<UseSheetProps>(() => import("./use-sheet"));

export default function CustomPage() {
  const data = useLoaderData<typeof loader>();
  // Another page is another list: nothing of this one's state goes along.
  return <Listed key={data.page.id} {...data} />;
}

type Data = Awaited<ReturnType<typeof loadPage>>;

interface Using {
  action: OfferedAction;
  rows: Row[];
  open: boolean;
  turn: number;
}

const nameOf = (row: Row, first: string | undefined): string =>
  String(row.name ?? row.amazonUserName ?? row.email ?? row.title ?? row.label ?? (first && row[first]) ?? row.id);

function Listed({ page, actions, permanent, viewsOf, seed }: Data) {
  const table = useSeededTable<Row>(page.resource, seed, { permanent });
  const { moneyBrands, permissions } = useViewer();
  const [using, setUsing] = useState<Using | null>(null);
  const [first] = page.columns;
  const use = useCallback(
    (action: OfferedAction, rows: Row[]) =>
      setUsing((before) => ({ action, rows, open: true, turn: (before?.turn ?? 0) + 1 })),
    [],
  );
  const { description } = seed;
  const columns = useMemo(
    () => [
      ...describedColumns(description, page.columns, moneyBrands),
      ...(actions.length > 0 ? [actsColumn(actions, (row) => nameOf(row, first), use)] : []),
    ],
    [description, page.columns, moneyBrands, actions, first, use],
  );
  const what = listWords(page.resource).toLowerCase();
  const rowsOf = (ids: string[]) => table.rows.filter(({ id }) => ids.includes(String(id)));
  return (
    <Page
      title={page.title}
      description={page.description || `${listWords(page.resource)}, as your agency looks at them.`}
      width="full"
      action={permissions.includes("pages.write") ? <LinkButton to="/custom-pages">Edit pages</LinkButton> : null}
    >
      <DataTable
        table={table}
        columns={columns}
        what={what}
        viewsOf={viewsOf}
        labelOf={(row) => nameOf(row, first)}
        {...(description.searchable ? { searchLabel: `Search ${what}` } : {})}
        filters={<DescribedFilters table={table} fixed={permanent} />}
        takesFiles={false}
        empty={
          <EmptyState title={`No ${what} here now`}>
            The page shows those that fit its own filters, as far as you may see them.
          </EmptyState>
        }
        {...(actions.length > 0
          ? {
              moreActs: (ids: string[]) =>
                actions.map((action) => (
                  <Button key={action.id} onClick={() => use(action, rowsOf(ids))}>
                    {action.label}: {countWords(ids.length, what, description)}
                  </Button>
                )),
            }
          : {})}
      />
      {using ? (
        <UseSheet
          key={using.turn}
          open={using.open}
          onClose={() => setUsing({ ...using, open: false })}
          action={using.action}
          description={description}
          what={what}
          records={using.rows.map((row) => ({ id: String(row.id), name: nameOf(row, first), row }))}
        />
      ) : null}
    </Page>
  );
}

const actsColumn = (
  actions: OfferedAction[],
  name: (row: Row) => string,
  use: (action: OfferedAction, rows: Row[]) => void,
): Column<Row> => ({
  key: "acts",
  title: "Actions",
  narrow: true,
  render: (row) => (
    <span className="tm-row-acts">
      {actions.map((action) => (
        <Button
          key={action.id}
          size="small"
          aria-label={`${action.label}: ${name(row)}`}
          onClick={() => use(action, [row])}
        >
          {action.label}
        </Button>
      ))}
    </span>
  ),
});
