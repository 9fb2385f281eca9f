import { useList } from "@refinedev/core";
import { Skeleton } from "antd";
import { useEffect, useState } from "react";
import type { PageDefinition } from "#server/pages/contract";
import type { ApiError } from "~/providers/data";
import { useViewer } from "~/shell/viewer";
import { formatNumber } from "~/ui/format";
import { ScrollRegion } from "~/ui/scroll-region";
import { ErrorState, NoMatch } from "~/ui/states";
import { useView } from "~/ui/view";
import { describedColumns, type Row } from "./described-columns";
import { crudFiltersOf, sortersOf } from "./page-filters";
import { type Descriptions, listWords } from "./use-descriptions";

const TYPING_MS = 400;
const SHOWN = 8;

/** The draft once nothing was changed in it for a moment. */
function useSettled(draft: PageDefinition): PageDefinition {
  const [settled, setSettled] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), TYPING_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  return settled;
}

/** The first rows of the page as it is drafted, with what the viewer may see. */
export function PagePreview({ draft, descriptions }: { draft: PageDefinition; descriptions: Descriptions }) {
  const page = useSettled(draft);
  const { moneyBrands } = useViewer();
  const { locale } = useView();
  const description = descriptions.of(page.resource);
  const { result, query } = useList<Row>({
    resource: page.resource,
    filters: crudFiltersOf(page),
    sorters: sortersOf(page),
    pagination: { currentPage: 1, pageSize: SHOWN },
    queryOptions: { enabled: description !== null, placeholderData: (before) => before },
    liveMode: "off",
    errorNotification: false,
  });
  if (query.isError) return <ErrorState title="This list cannot be read so" error={query.error as ApiError} />;
  if (!description || query.isLoading) return <Skeleton active />;
  const columns = describedColumns(description, page.columns, moneyBrands);
  const what = listWords(page.resource).toLowerCase();
  const total = result.total ?? 0;
  return (
    <>
      <h3>{page.title || "Without a title"}</h3>
      <p className="tm-muted" aria-live="polite">
        {formatNumber(total, { locale })} {what} match{total > SHOWN ? `; the first ${SHOWN}` : ""}
      </p>
      {total === 0 ? (
        <NoMatch what={what} />
      ) : (
        <ScrollRegion className="tm-preview-rows" name="First rows">
          <table className="tm-changes">
            <thead>
              <tr>
                {columns.map(({ key, title, numeric }) => (
                  <th key={key} scope="col" className={numeric ? "tm-numeric" : undefined}>
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {result.data.map((row, index) => (
                <tr key={String(row.id ?? index)}>
                  {columns.map(({ key, numeric, render }) => (
                    <td key={key} className={numeric ? "tm-numeric" : undefined}>
                      {render(row)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </>
  );
}
