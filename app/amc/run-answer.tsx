// The answer of a run: its chart, what is hidden of it, all rows, and the same rows of another run.
import { Select } from "antd";
import { useMemo } from "react";
import type { AmcExecution } from "#server/amc/execution-contract";
import type { AmcResult, AmcResultDifference, AmcResultRow } from "#server/amc/result-contract";
import { useUrlParam } from "~/providers/router";
import { DataTable } from "~/ui/data-table";
import { formatDay, formatMoment } from "~/ui/format";
import type { Seed } from "~/ui/list-params";
import { Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { useSeededTable } from "~/ui/use-list";
import { useHydrated, useView } from "~/ui/view";
import { type Answer, currencyWords } from "./answer";
import { valueColumns } from "./answer-columns";
import { AnswerFigure } from "./answer-figure";
import { Comparison } from "./comparison";
import { Reconciliation } from "./reconciliation";
import type { OtherRun } from "./run.server";
import { SuppressionLedger } from "./suppression-ledger";
import { hiddenOf } from "./words";

type Permanent = { field: string; operator: "eq"; value: string }[];

interface RunAnswerProps {
  run: AmcExecution;
  result: AmcResult;
  others: OtherRun[];
  permanent: Permanent;
  rows: Seed<AmcResultRow>;
  comparison: { permanent: Permanent; currency: string | null; seed: Seed<AmcResultDifference> } | null;
}

export function RunAnswer({ run, result, others, permanent, rows, comparison }: RunAnswerProps) {
  const answer = useMemo(() => answerOf(result), [result]);
  const { suppressed, moneyHidden } = result;
  const { locale } = useView();
  const hidden = hiddenOf(suppressed, result.columns, locale);
  const title = (
    <>
      {result.question || run.title}
      {hidden ? <span className="tm-unit">{` · ${hidden}`}</span> : null}
    </>
  );
  return (
    <>
      <Section title="Answer">
        {moneyHidden ? <p className="tm-muted">Money is left out: your role does not see it for this brand.</p> : null}
        {result.rowCount > 0 && answer.chart.kind !== "table" ? (
          <AnswerFigure answer={answer} title={title} name={run.title} />
        ) : null}
        <SuppressionLedger suppressed={suppressed} columns={result.columns} currency={result.currency} />
        <Reconciliation reconciliation={result.reconciliation} />
      </Section>
      <Section
        title={comparison ? "Beside another run" : "Rows"}
        side={others.length > 0 ? <OtherPicker others={others} /> : null}
      >
        {comparison ? (
          <Comparison
            key={JSON.stringify(comparison.permanent)}
            answer={answer}
            {...comparison}
            currency={currencyWords(result.columns, comparison.currency)}
          />
        ) : (
          <Rows answer={answer} permanent={permanent} rows={rows} />
        )}
      </Section>
    </>
  );
}

function Rows({ answer, permanent, rows }: Pick<RunAnswerProps, "permanent" | "rows"> & { answer: Answer }) {
  const table = useSeededTable<AmcResultRow>("amc-result-rows", rows, { permanent });
  const columns = useMemo(() => valueColumns(answer.columns, answer.currency), [answer]);
  return (
    <DataTable
      table={table}
      columns={columns}
      what="rows"
      height="auto"
      takesFiles={false}
      bulkActions={[]}
      empty={
        <EmptyState title="The answer has no rows">
          No user did what was asked for in these days, or too few: see what is hidden above.
        </EmptyState>
      }
    />
  );
}

/** Without what the reader may not see. */
function answerOf({ columns, rows, chart, currency, moneyHidden }: AmcResult): Answer {
  const seen = columns.map(({ noMoney }) => noMoney || !moneyHidden);
  return {
    columns: columns.filter((_, at) => seen[at]),
    rows: rows.map((row) => row.filter((_, at) => seen[at])),
    chart,
    currency: currencyWords(columns, currency),
  };
}

function OtherPicker({ others }: { others: OtherRun[] }) {
  const [chosen, choose] = useUrlParam("with");
  const { locale } = useView();
  const zone = useHydrated() ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC";
  const dayOf = (day: string) => formatDay(day, { locale });
  return (
    <Select
      aria-label="The run to compare with"
      className="tm-other-run"
      allowClear
      showSearch
      optionFilterProp="label"
      placeholder="Compare with another run"
      popupMatchSelectWidth={false}
      value={chosen}
      options={others.map(({ id, name, instanceName, window, createdAt }) => ({
        value: id,
        label: `${name}, ${instanceName}, ${dayOf(window.from)} to ${dayOf(window.to)}, asked ${formatMoment(new Date(createdAt), zone, locale)}`,
      }))}
      onChange={(id?: string) => choose(id ?? null)}
    />
  );
}
