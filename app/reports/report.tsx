import { useDelete } from "@refinedev/core";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert, Button } from "antd";
import { useMemo } from "react";
import type { CustomReport, CustomReportRow, ReportAsk } from "#server/reports/contract";
import { HiddenMoney } from "~/insights/metric-value";
import { can } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import type { ApiError } from "~/providers/data";
import { useNews } from "~/providers/live";
import { keepsLoader, useReread } from "~/revalidate";
import { usePlace } from "~/shell/use-place";
import { useViewer } from "~/shell/viewer";
import { useConfirm } from "~/ui/confirm";
import { type Column, DataTable } from "~/ui/data-table";
import { LinkButton } from "~/ui/link-button";
import { Facts, Page, Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Time } from "~/ui/time";
import { useSeededTable } from "~/ui/use-list";
import { Count, Money } from "~/ui/values";
import { AskTag, groupWords, RangeWords, ReportTag } from "./report-words";
import { loadReport } from "./reports.server";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.report.name ?? "Custom report"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadReport(args);
export const shouldRevalidate = keepsLoader();

/** One question, how far Amazon is with each account, and the answer. */
export default function ReportPage() {
  const { report, permanent, seed, kinds } = useLoaderData<typeof loader>();
  useNews(["custom-reports"], useReread());
  return (
    <Page
      title={report.name}
      description={`${report.typeLabel}, ${report.timeUnit === "DAILY" ? "day by day" : "without days"}. Numbers as Amazon gave them when it was asked; they do not move since.`}
      state={<ReportTag state={report.state} />}
      action={<Acts report={report} />}
      trail={[{ label: "Custom reports", to: "/custom-reports" }]}
      width="full"
    >
      <Facts
        items={[
          { label: "Days", value: <RangeWords {...report} /> },
          { label: "Rows of", value: report.groupBy.map(groupWords).join(", ") },
          { label: "Asked", value: <Time at={report.createdAt} /> },
          { label: "Asked by", value: report.createdBy },
        ]}
      />
      <Section title="Accounts">
        <ul className="tm-asks">
          {report.asks.map((ask) => (
            <Asked key={ask.accountId} ask={ask} />
          ))}
        </ul>
      </Section>
      <Section title="Answer">
        <Rows key={`${report.rows} ${report.state}`} {...{ report, permanent, seed, kinds }} />
      </Section>
    </Page>
  );
}

function Acts({ report: { id, name } }: { report: CustomReport }) {
  const mayAsk = can(useViewer(), "reports.write");
  const { act, busy } = useAct("custom-reports");
  const { goTo } = usePlace();
  const { mutateAsync } = useDelete();
  const confirm = useConfirm();
  if (!mayAsk) return null;
  const again = async () => {
    const made = await act<CustomReport>({ id, action: "again", done: `Asked again: ${name}` });
    goTo(`/custom-reports/${made.id}`);
  };
  const remove = () =>
    confirm({
      title: `Delete the report ${name}?`,
      content: "Its rows go with it. Files that were exported keep their receipts.",
      act: "Delete report",
      danger: true,
      onAct: () =>
        mutateAsync({
          resource: "custom-reports",
          id,
          successNotification: { message: `Report deleted: ${name}`, type: "success" },
          errorNotification: (error) => ({
            message: (error as ApiError).message,
            description: (error as ApiError).remedy ?? "",
            type: "error",
          }),
        }).then(
          () => goTo("/custom-reports"),
          () => {},
        ),
    });
  return (
    <>
      <Button onClick={remove}>Delete</Button>
      <LinkButton to={`/custom-reports/new?from=${id}`}>Change and ask</LinkButton>
      <Button type="primary" disabled={busy} onClick={() => void again().catch(() => {})}>
        Run again
      </Button>
    </>
  );
}

function Asked({ ask }: { ask: ReportAsk }) {
  const { accountName, timeZone, note, requestedAt, rows, rowsRejected, state } = ask;
  return (
    <li aria-live="polite">
      <strong>{accountName}</strong> <AskTag state={state} />{" "}
      <span className="tm-muted">
        {state === "done" ? (
          <>
            <Count value={rows} /> rows, days of {timeZone},{" "}
            {requestedAt ? (
              <>
                asked <Time at={requestedAt} />
              </>
            ) : (
              "of an earlier report whose moment is not known."
            )}
          </>
        ) : null}
        {note ? ` ${note}` : ""}
      </span>
      {rowsRejected > 0 ? (
        <Alert
          type="warning"
          showIcon
          message={`${rowsRejected} rows of Amazon's could not be read and are missing.`}
        />
      ) : null}
    </li>
  );
}

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

interface RowsProps {
  report: CustomReport;
  permanent: { field: string; operator: "eq"; value: string }[];
  seed: Loaded["seed"];
  kinds: Loaded["kinds"];
}

function Rows({ report, permanent, seed, kinds }: RowsProps) {
  const table = useSeededTable<CustomReportRow>("custom-report-rows", seed, { permanent });
  const columns = useMemo(() => rowColumns(report, kinds), [report, kinds]);
  const over = !["waiting", "running"].includes(report.state);
  return (
    <DataTable
      table={table}
      columns={columns}
      what="rows"
      height="auto"
      bulkActions={[]}
      empty={
        <EmptyState title={over ? "Amazon has no rows for this question" : "The rows will be listed here"}>
          {over
            ? "The account delivered nothing of this kind in these days, or Amazon could not answer: see the accounts above."
            : "Amazon takes from a minute to three hours to make a report. You can leave this page."}
        </EmptyState>
      }
    />
  );
}

function rowColumns({ columns, asks }: CustomReport, kinds: Loaded["kinds"]): Column<CustomReportRow>[] {
  return [
    ...(asks.length > 1
      ? [{ key: "account", title: "Account", width: 200, render: (row: CustomReportRow) => row.account }]
      : []),
    ...columns.map((column, index): Column<CustomReportRow> => {
      const kind = kinds[column];
      return {
        key: column,
        title: column,
        numeric: kind === undefined || kind.kind === "number" || kind.kind === "money",
        narrow: index === columns.length - 1,
        render: ({ values, currency }) =>
          kind ? <Value value={values[column] ?? null} kind={kind} currency={currency} /> : <HiddenMoney />,
      };
    }),
    { key: "currency", title: "Currency", render: ({ currency }) => currency },
  ];
}

interface ValueProps {
  value: CustomReportRow["values"][string];
  kind: Loaded["kinds"][string];
  currency: string;
}

function Value({ value, kind: { kind, whole }, currency }: ValueProps) {
  if (typeof value !== "number") return <>{value === null ? "" : String(value)}</>;
  const small = decimalsOfSmall(value);
  if (kind === "money") {
    return <Money micros={BigInt(Math.round(value * 1e6))} currency={currency} show="none" {...small} />;
  }
  return <Count value={value} {...(whole ? { decimals: 0 } : small)} />;
}

/** Three digits that count for what two decimals would round away. */
const decimalsOfSmall = (value: number): { decimals?: number } =>
  value === 0 || Math.abs(value) >= 0.1 ? {} : { decimals: Math.min(8, 2 - Math.floor(Math.log10(Math.abs(value)))) };
