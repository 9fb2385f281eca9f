// What AMC would say to a question, before it is asked.
import { amcTables, type DeclaredParameter, lint, normalise } from "../../packages/amc-engine";
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { type ListQuery, type ListResult, requireRead } from "../core/query";
import { windowOf } from "../core/window-list";
import { findInstance } from "./instance-store";
import type { AmcTableItem, LintAnswer, TemplateParameter } from "./template-contract";
import { SqlQuestion } from "./template-contract";

const dataTypes = {
  text: "STRING",
  whole: "LONG",
  decimal: "DOUBLE",
  choice: "STRING",
  list: "ARRAY",
  flag: "BOOLEAN",
} as const satisfies Record<TemplateParameter["kind"], DeclaredParameter["dataType"]>;

/** Parameters as the engine takes them. */
export const engineParameters = (parameters: readonly TemplateParameter[]): DeclaredParameter[] =>
  parameters.map(({ name, kind }) => ({
    name,
    dataType: dataTypes[kind],
    ...(kind === "list" ? { elementType: "STRING" as const } : {}),
  }));

export interface LintAbout {
  parameters: readonly TemplateParameter[];
  /** On the instance; empty or left out: all that AMC documents. */
  tables?: readonly string[];
  audience?: boolean;
  /** Where the window ends, and the present moment. */
  until?: { windowEnd: Date; now: Date };
}

export async function lintSql(sql: string, about: LintAbout): Promise<LintAnswer> {
  const { parameters, tables = [], audience = false, until } = about;
  const found = await lint(sql, {
    parameters: engineParameters(parameters),
    audience,
    ...(tables.length > 0 ? { tables } : {}),
    ...until,
  });
  return {
    problems: found.problems,
    columns: found.outputColumns.map(({ name, dataType, threshold }) => ({ name, dataType, threshold })),
    tables: found.tables,
    requiredUsers: found.requiredUsers,
  };
}

/** Documented tables that a text names; no more than a look at its words. */
export function tablesIn(sql: string): string[] {
  const words = new Set(normalise(sql).match(/[a-z0-9_]+/g));
  return amcTables.filter(({ name }) => words.has(name)).map(({ name }) => name);
}

export const lintQuestion = command({
  name: "amc-template.lint",
  permission: "amc.read",
  input: SqlQuestion,
  brandOf: () => "anyBrand",
  run: async (tx, { sql, parameters, instanceId, audience }) => {
    const instance = instanceId ? await findInstance(tx, instanceId) : null;
    if (instanceId && !instance) throw notFound("This AMC instance");
    const tables = instance?.tables ?? [];
    return { result: await lintSql(sql, { parameters, tables, audience }), audit: null };
  },
});

const documented: AmcTableItem[] = amcTables.map(({ name, paid, columns }) => ({
  id: name,
  paid,
  columns: columns.map((column) => ({
    name: column.name,
    dataType: column.dataType,
    columnType: column.columnType,
    threshold: column.threshold,
  })),
}));

/** The tables that Amazon documents, by name. */
export async function listTables(tx: TxCtx, query: ListQuery): Promise<ListResult<AmcTableItem>> {
  requireRead(tx, "amc.read", "anyBrand");
  return windowOf(documented, query, {
    fields: { id: ({ id }) => id },
    sorts: { id: ({ id }) => id },
    words: ({ id, columns }) => [id, ...columns.map(({ name }) => name)],
    order: (a, b) => a.id.localeCompare(b.id),
  });
}
