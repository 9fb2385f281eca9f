import { useMemo } from "react";
import type { AmcResultDifference } from "#server/amc/result-contract";
import type { Column } from "~/ui/columns";
import { DataTable } from "~/ui/data-table";
import type { Seed } from "~/ui/list-params";
import { useSeededTable } from "~/ui/use-list";
import { type Answer, isMeasure, unitOf } from "./answer";
import { AnswerChange, AnswerValue } from "./answer-table";

interface ComparisonProps {
  /** Of this run. */
  answer: Pick<Answer, "columns" | "currency">;
  /** What money of the other run is in. */
  currency: string | null;
  permanent: { field: string; operator: "eq"; value: string }[];
  seed: Seed<AmcResultDifference>;
}

const onlyWords = {
  both: "",
  before: "only in the other run",
  after: "only in this run",
} satisfies Record<AmcResultDifference["only"], string>;

/** Rows of two runs side by side, the largest change first. */
export function Comparison({ answer, currency, permanent, seed }: ComparisonProps) {
  const table = useSeededTable<AmcResultDifference>("amc-result-differences", seed, { permanent });
  const shown = useMemo(() => comparedColumns(answer, currency), [answer, currency]);
  const isMixed = currency !== answer.currency && answer.columns.some(({ unit }) => unit === "money");
  return (
    <>
      {isMixed ? (
        <p className="tm-muted">
          Money of the other run is in {currency}, of this one in {answer.currency}: the change is left out.
        </p>
      ) : null}
      <DataTable table={table} columns={shown} what="compared rows" height="auto" takesFiles={false} bulkActions={[]} />
    </>
  );
}

type OneColumn = Column<AmcResultDifference>;

const withUnit = (unit: string | undefined) => (unit ? { unit } : {});

function comparedColumns({ columns, currency }: ComparisonProps["answer"], other: string | null): OneColumn[] {
  const names = columns.filter((column) => !isMeasure(column));
  const measures = columns.filter(isMeasure);
  return [
    ...names.map(
      (column, index): OneColumn => ({
        key: column.name,
        title: column.label,
        render: ({ keys, only }) => (
          <>
            <span className="tm-answer-text">
              <AnswerValue value={keys[column.name]} column={column} />
            </span>
            {index === 0 && onlyWords[only] ? <span className="tm-muted tm-under">{onlyWords[only]}</span> : null}
          </>
        ),
      }),
    ),
    ...measures.flatMap((column, index): OneColumn[] => [
      {
        key: `${column.name} before`,
        title: `${column.label}, other run`,
        ...withUnit(unitOf(column, other)),
        numeric: true,
        render: ({ before }) => <AnswerValue value={before[column.name]} column={column} />,
      },
      {
        key: `${column.name} after`,
        title: `${column.label}, this run`,
        ...withUnit(unitOf(column, currency)),
        numeric: true,
        narrow: index === 0,
        render: ({ after }) => <AnswerValue value={after[column.name]} column={column} />,
      },
      {
        key: `${column.name} change`,
        title: `${column.label}, change`,
        ...withUnit(unitOf(column, currency)),
        numeric: true,
        narrow: index === 0,
        render: ({ change }) => <AnswerChange change={change[column.name]} column={column} />,
      },
    ]),
  ];
}
