import type { AmcResultRow } from "#server/amc/result-contract";
import type { OutputColumn } from "#server/amc/template-contract";
import type { Column } from "~/ui/columns";
import { isMeasure, unitOf, unknownCurrency } from "./answer";
import { AnswerValue } from "./answer-table";

/** Columns of a table of rows, as their question describes them. `currency`: of all rows; null: each says its own. */
export const valueColumns = (columns: readonly OutputColumn[], currency: string | null): Column<AmcResultRow>[] =>
  columns.map((column, index) => {
    const { name, label, unit, description } = column;
    const shown = unitOf(column, currency);
    const isMoney = unit === "money";
    return {
      key: name,
      title: label,
      ...(shown ? { unit: shown } : {}),
      ...(description ? { hint: description } : {}),
      numeric: isMeasure(column),
      narrow: index > 0 && index <= 2,
      render: ({ values, currency: own }) => (
        <span className={unit === "text" ? "tm-answer-text" : undefined}>
          <AnswerValue value={values[name]} column={column} />
          {isMoney && currency === null && values[name] != null ? (
            <span className="tm-unit"> {own ?? unknownCurrency}</span>
          ) : null}
        </span>
      ),
    };
  });
