import type { AmcResultRow } from "#server/amc/result-contract";
import type { OutputColumn } from "#server/amc/template-contract";
import type { Column } from "~/ui/columns";
import { isMeasure, unitOf } from "./answer";
import { AnswerValue } from "./answer-table";

/** Columns of a table of rows, as their question describes them. `currency`: of all rows; null: each has its own. */
export const valueColumns = (columns: readonly OutputColumn[], currency: string | null): Column<AmcResultRow>[] =>
  columns.map((column, index) => {
    const { name, label, unit, description } = column;
    const shown = unitOf(column, currency);
    return {
      key: name,
      title: label,
      ...(shown ? { unit: shown } : {}),
      ...(description ? { hint: description } : {}),
      numeric: isMeasure(column),
      narrow: index > 0 && index <= 2,
      render: ({ values }) => (
        <span className="tm-row-name" data-tip={unit === "text" ? String(values[name] ?? "") : undefined}>
          <AnswerValue value={values[name]} column={column} />
        </span>
      ),
    };
  });
