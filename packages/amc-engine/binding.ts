// DuckDB has the last word on names and types; its words are turned into ours, and given their places in the text as it was written.
import type { DuckDBConnection } from "@duckdb/node-api";
import { expressionsOf } from "./analysis";
import type { QueryNode } from "./ast";
import type { DataType } from "./contract";
import { type Refusal, readRefusal, writeSql } from "./database";
import { type Finding, type Subject, spanAt, whereIs } from "./rules/finding";
import { nearest } from "./rules/nearest";
import { createViews, type ViewOptions } from "./tables";
import { dataTypeOf } from "./types";

/** The types of a query's columns, or why DuckDB does not take it. */
export async function bind(
  connection: DuckDBConnection,
  query: QueryNode,
  views: ViewOptions,
): Promise<{ types?: DataType[]; refusal?: Refusal }> {
  await createViews(connection, views);
  try {
    const prepared = await connection.prepare(await writeSql(connection, query));
    const types = Array.from({ length: prepared.columnCount }, (_, index) =>
      dataTypeOf(prepared.columnType(index).toString()),
    );
    prepared.destroySync();
    return { types };
  } catch (error) {
    return { refusal: readRefusal(error) };
  }
}

export function syntaxFinding({ message, position }: Refusal, text: Pick<Subject, "sql" | "tokens">): Finding {
  const at = spanAt(text, position ?? 0);
  return {
    rule: "syntax",
    message: sentence(message),
    fix: "Check the words just before this place.",
    severity: "error",
    at,
  };
}

export function bindingFinding(refusal: Refusal, subject: Subject): Finding {
  const { name, ...said } = bindingWords(refusal, subject);
  return { ...said, severity: "error", at: name === null ? spanAt(subject, 0) : placeOfName(name, subject) };
}

function bindingWords({ message, kind, name, candidate }: Refusal, subject: Subject) {
  const ungrouped = /column "([^"]+)" must appear in the GROUP BY/.exec(message)?.[1];
  if (ungrouped) {
    const fix = `Add ${ungrouped} to GROUP BY, or aggregate it.`;
    return {
      rule: "ungrouped-column",
      name: ungrouped,
      message: `${ungrouped} is neither grouped nor aggregated.`,
      fix,
    };
  }
  const ambiguous = /Ambiguous reference to column name "([^"]+)"/.exec(message)?.[1];
  if (ambiguous) {
    const fix = "Write the table's name or alias before it.";
    return {
      rule: "ambiguous-column",
      name: ambiguous,
      message: `More than one table has a column ${ambiguous}.`,
      fix,
    };
  }
  if (kind === "COLUMN_NOT_FOUND" && name) {
    const near = nearest(name, columnNames(subject)) ?? candidate;
    const fix = near ? `Did you mean ${near}?` : "Name a column of the tables this SELECT reads.";
    return { rule: "unknown-column", name, message: `There is no column ${name} here.`, fix };
  }
  if (kind === "MISSING_ENTRY" && name) {
    const fix = "Use one of AMC's documented functions.";
    return { rule: "unknown-function", name, message: `There is no function ${name.toUpperCase()}.`, fix };
  }
  return { rule: "binding", name: null, message: sentence(message), fix: "Check the names and types of this query." };
}

/** Where a name stands: first where nothing answers to it, else where it stands at all. */
function placeOfName(name: string, subject: Subject) {
  const wanted = name.toLowerCase();
  const named = subject.analysis.selects.flatMap(({ node, names }) =>
    expressionsOf(node)
      .filter(
        (one) => one.column_names?.at(-1)?.toLowerCase() === wanted || one.function_name?.toLowerCase() === wanted,
      )
      .map((one) => ({ one, known: one.column_names ? names.find(one.column_names) !== null : false })),
  );
  const found = named.find(({ known }) => !known) ?? named[0];
  return found ? whereIs(found.one, subject) : spanAt(subject, 0);
}

function columnNames({ analysis }: Subject): Set<string> {
  return new Set(
    analysis.selects.flatMap(({ relations }) => relations.flatMap(({ columns }) => columns.map(({ name }) => name))),
  );
}

/** DuckDB's first line, as a sentence. */
function sentence(message: string): string {
  const [line = ""] = message.split("\n");
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}${/[.!?]$/.test(line) ? "" : "."}`;
}
