import { expect, test } from "vitest";
import { lintSql, tablesIn } from "../lint-sql";
import { runPreview } from "../preview-question";
import { readValues } from "../read-values";
import type { ParameterValue } from "../template-contract";
import { builtInTemplates } from ".";

test("every built-in template has a name of its own, and is listed by name", () => {
  const ids = builtInTemplates.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test.each(builtInTemplates.map((template) => [template.id, template] as const))(
  "%s is free of problems, says what its columns are, and answers its proof",
  async (_, { definition, proof }) => {
    const { sql, parameters, columns, chart } = definition;
    const lint = await lintSql(sql, { parameters });
    expect(lint.problems).toEqual([]);
    expect(lint.columns.map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
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

/** Decimals come as text, so that none loses digits; cents are compared. */
const asNumber = (value: unknown) => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && !Number.isNaN(number) ? Math.round(number * 1e6) / 1e6 : value;
};
