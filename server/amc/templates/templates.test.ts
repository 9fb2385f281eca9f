import { expect, test } from "vitest";
import { findTable } from "../../../packages/amc-engine";
import { lintSql, tablesIn } from "../lint-sql";
import { runPreview } from "../preview-question";
import { readValues } from "../read-values";
import type { ParameterValue } from "../template-contract";
import { builtInTemplates } from ".";
import type { ProofRow } from "./define";

test("every built-in template has a name of its own, and is listed by name", () => {
  const ids = builtInTemplates.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test.each(builtInTemplates.map((template) => [template.id, template] as const))(
  "%s is free of problems, says what its columns are and whether rows may be hidden, and answers its proof",
  async (_, { definition, privacy, proof }) => {
    const { sql, parameters, columns, chart } = definition;
    const lint = await lintSql(sql, { parameters });
    expect(lint.problems).toEqual([]);
    expect(lint.columns.map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
    expect(/nothing is hidden/.test(privacy)).toBe(lint.requiredUsers === 1);
    expect(tablesIn(sql).sort()).toEqual([...lint.tables].sort());
    const { values, problems } = readValues(parameters, (proof.values ?? {}) as Record<string, ParameterValue>);
    expect(problems).toEqual({});
    const answer = await runPreview({ sql, parameters, columns, chart, values, data: proof }, new Date("2026-07-10"));
    expect(answer.failure).toBeNull();
    const sorted = (rows: readonly (readonly unknown[])[]) =>
      rows.map((row) => JSON.stringify(row.map(asNumber))).sort();
    expect(sorted(answer.rows)).toEqual(sorted(proof.expected));
  },
);

test.each(builtInTemplates.map((template) => [template.id, template] as const))(
  "%s is proved on columns that its tables have, and draws columns that it answers with",
  (_, { definition: { columns, chart }, proof }) => {
    const unknown = Object.entries<readonly ProofRow[]>(proof.tables).flatMap(([name, rows]) => {
      const known = new Set(findTable(name)?.columns.map((column) => column.name));
      return [...new Set(rows.flatMap(Object.keys))].filter((column) => !known.has(column));
    });
    expect(unknown).toEqual([]);
    const { kind: _kind, ...drawn } = chart;
    expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.values(drawn).flat()));
  },
);

/** Decimals come as text, so that none loses digits; cents are compared. */
const asNumber = (value: unknown) => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && !Number.isNaN(number) ? Math.round(number * 1e6) / 1e6 : value;
};
