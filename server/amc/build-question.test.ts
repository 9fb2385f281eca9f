import { expect, test } from "vitest";
import { type Table, writeSql } from "../../packages/amc-builder";
import { readSql } from "../../packages/amc-builder/read-sql";
import { amcTables, openEngine } from "../../packages/amc-engine";
import { engineParameters } from "./lint-sql";
import { momentsOf } from "./resolve-window";
import { builtInTemplates } from "./templates";
import type { BuiltInTemplate } from "./templates/define";

const tables: readonly Table[] = amcTables;

/** Questions of the gallery that the builder can change. */
const buildable = ["asin-tracked-item", "video-completion", "viewability"];

test("each built-in question becomes the builder's, or the builder says what it has no place for", async () => {
  const read = await Promise.all(
    builtInTemplates.map(async ({ id, definition }) => ({ id, ...(await readSql(definition.sql, tables)) })),
  );
  expect(read.filter(({ question }) => question !== null).map(({ id }) => id)).toEqual(buildable);
  for (const { id, question, reason } of read) {
    if (question === null) expect(reason, id).toMatch(/^The builder .*\.$/);
  }
});

test.each(buildable)("%s written anew answers the same", async (id) => {
  const template = builtInTemplates.find((one) => one.id === id) as BuiltInTemplate;
  const { question } = await readSql(template.definition.sql, tables);
  if (!question) throw new Error(`${id} was not read`);
  const [one, other] = await Promise.all([template.definition.sql, writeSql(question, tables)].map(answerOf(template)));
  expect(other).toEqual(one);
  expect(one?.length).toBeGreaterThan(0);
});

const answerOf =
  ({ definition, proof }: BuiltInTemplate) =>
  async (sql: string) => {
    const engine = await openEngine({ source: { load: (table) => proof.tables[table] ?? null } });
    const window = momentsOf({ ...proof.window, timeZone: "UTC" });
    const parameters = {
      ...Object.fromEntries(definition.parameters.map((one) => [one.name, one.default])),
      ...proof.values,
    };
    const parameterTypes = engineParameters(definition.parameters);
    const { rows } = await engine.run({ sql, window, now: window.end, parameters, parameterTypes });
    engine.close();
    return rows.map((row) => JSON.stringify(row)).sort();
  };
