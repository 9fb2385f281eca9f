import { useMemo } from "react";
import type { AmcResultDifference, ResultColumn } from "#server/amc/result-contract";
import type { Column } from "~/ui/columns";
import { DataTable } from "~/ui/data-table";
import type { Seed } from "~/ui/list-params";
import { useSeededTable } from "~/ui/use-list";
import { Count } from "~/ui/values";
import { AnswerValue } from "./answer-table";

interface ComparisonProps {
  columns: ResultColumn[];
  permanent: { field: string; operator: "eq"; value: string }[];
  seed: Seed<AmcResultDifference>;
}

const onlyWords = {
  both: "",
  before: "only in the other run",
  after: "only in this run",
} satisfies Record<AmcResultDifference["only"], string>;

/** Rows of two runs side by side, the largest change first. */
export function Comparison({ columns, permanent, seed }: ComparisonProps) {
  const table = useSeededTable<AmcResultDifference>("amc-result-differences", seed, { permanent });
  const shown = useMemo(() => comparedColumns(columns), [columns]);
  return (
    <DataTable table={table} columns={shown} what="compared rows" height="auto" takesFiles={false} bulkActions={[]} />
  );
}

function comparedColumns(columns: ResultColumn[]): Column<AmcResultDifference>[] {
  const names = columns.filter(({ measure }) => !measure);
  const measures = columns.filter(({ measure }) => measure);
  return [
    ...names.map(
      (column, index): Column<AmcResultDifference> => ({
        key: column.name,
        title: column.label,
        render: ({ keys, only }) => (
          <>
            <span className="tm-row-name" data-tip={String(keys[column.name] ?? "")}>
              <AnswerValue value={keys[column.name]} column={column} />
            </span>
            {index === 0 && onlyWords[only] ? <span className="tm-muted tm-under">{onlyWords[only]}</span> : null}
          </>
        ),
      }),
    ),
    ...measures.flatMap((column, index): Column<AmcResultDifference>[] => [
      {
        key: `${column.name} before`,
        title: `${column.label}, other run`,
        numeric: true,
        render: ({ before }) => <AnswerValue value={before[column.name]} column={column} />,
      },
      {
        key: `${column.name} after`,
        title: `${column.label}, this run`,
        numeric: true,
        narrow: index === 0,
        render: ({ after }) => <AnswerValue value={after[column.name]} column={column} />,
      },
      {
        key: `${column.name} change`,
        title: "Change",
        numeric: true,
        narrow: index === 0,
        render: ({ change }) => <Count value={change[column.name]} signed />,
      },
    ]),
  ];
}
