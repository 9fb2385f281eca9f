// A question over local data: the proofs of the built-in templates. Same SQL, same thresholds, no run at Amazon.
import {
  type Cell,
  type OutputColumn as EngineColumn,
  openEngine,
  type Parameter,
  RefusedSql,
  RunFailed,
  type RunResult,
  RunStopped,
} from "../../packages/amc-engine";
import { command } from "../core/command";
import type { Ctx } from "../core/context";
import { AppError } from "../core/errors";
import { findBuiltIn, findTemplate } from "./find-template";
import { engineParameters, lintSql } from "./lint-sql";
import { readValues } from "./read-values";
import { momentsOf } from "./resolve-window";
import {
  type AmcChart,
  type OutputColumn,
  type PreviewAnswer,
  PreviewQuestion,
  type TemplateParameter,
} from "./template-contract";
import { builtInTemplates } from "./templates";
import type { ProofRow, TemplateProof } from "./templates/define";

interface Prepared {
  sql: string;
  parameters: TemplateParameter[];
  columns: OutputColumn[];
  chart: AmcChart;
  values: PreviewQuestion["values"];
  data: Pick<TemplateProof, "window" | "tables">;
}

const prepare = command({
  name: "amc-template.preview",
  permission: "amc.read",
  input: PreviewQuestion,
  brandOf: () => "anyBrand",
  run: async (tx, { templateId, sql, parameters, values }) => {
    const template = templateId ? await findTemplate(tx, templateId) : null;
    const asked = { ...template?.definition, ...(sql ? { sql } : {}), ...(parameters ? { parameters } : {}) };
    if (!asked.sql)
      throw new AppError("invalid", "Give a template or SQL.", { fields: { sql: "Write the question." } });
    const proof = templateId ? findBuiltIn(templateId)?.proof : undefined;
    const read = readValues(asked.parameters ?? [], { ...proof?.values, ...values } as PreviewQuestion["values"]);
    if (Object.keys(read.problems).length > 0) {
      throw new AppError("invalid", "Some parameters do not fit.", { fields: read.problems });
    }
    const result: Prepared = {
      sql: asked.sql,
      parameters: asked.parameters ?? [],
      columns: asked.columns ?? [],
      chart: asked.chart ?? { kind: "table" },
      values: read.values,
      data: proof ?? everything,
    };
    return { result, audit: null };
  },
});

/** Outside any transaction: a run may take seconds. */
export const previewQuestion = Object.assign(
  async (ctx: Ctx, input: Parameters<typeof prepare>[1]): Promise<PreviewAnswer> =>
    prepare(ctx, input).then((prepared) => inTurn(() => runPreview(prepared, ctx.now()))),
  { spec: prepare.spec },
);

const longestMs = 10_000;
const memoryMb = 256;
/** Engines open at once in this process; others wait their turn. */
const mostOpen = 2;
let open = 0;
const turns: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (open === mostOpen) await new Promise<void>((resolve) => turns.push(resolve));
  else open++;
  try {
    return await work();
  } finally {
    // The place goes over to the next in line.
    const next = turns.shift();
    if (next) next();
    else open--;
  }
}

export async function runPreview({ sql, parameters, values, data, columns, chart }: Prepared, now: Date) {
  const { problems } = await lintSql(sql, { parameters });
  const nothing = {
    problems,
    columns: [],
    rows: [],
    chart,
    hidden: { rows: 0, users: 0, columns: [] },
    window: data.window,
  };
  if (problems.some(({ severity }) => severity === "error")) return { ...nothing, failure: null };
  const source = { load: (table: string): readonly ProofRow[] | null => data.tables[table] ?? null };
  const engine = await openEngine({ source, timeoutMs: longestMs, memoryLimitMb: memoryMb });
  try {
    const window = momentsOf({ ...data.window, timeZone: "UTC" });
    const answer = await engine.run({
      sql,
      window,
      now,
      parameters: values as Record<string, Parameter>,
      parameterTypes: engineParameters(parameters),
    });
    return { ...nothing, ...shown(answer, columns), failure: null };
  } catch (error) {
    if (error instanceof RefusedSql) return { ...nothing, problems: error.problems, failure: null };
    if (error instanceof RunFailed || error instanceof RunStopped) return { ...nothing, failure: error.message };
    throw error;
  } finally {
    engine.close();
  }
}

const shown = ({ columns, rows, hidden }: RunResult, described: readonly OutputColumn[]) => ({
  columns: columns.map((column) => describe(column, described)),
  rows: rows.map((row) => row.map(plain)),
  hidden,
});

const describe = ({ name, dataType, columnType }: EngineColumn, described: readonly OutputColumn[]): OutputColumn =>
  described.find((column) => column.name === name) ?? {
    name,
    label: name,
    unit: columnType === "METRIC" && dataType !== "STRING" ? "number" : "text",
  };

const plain = (cell: Cell): string | number | boolean | null =>
  typeof cell === "object" && cell !== null ? JSON.stringify(cell) : cell;

/** All proofs together: what SQL of one's own is tried on. */
const everything: Prepared["data"] = {
  window: { from: "2026-06-01", to: "2026-06-30" },
  tables: builtInTemplates.reduce<Record<string, readonly ProofRow[]>>((all, { proof }) => {
    for (const [table, rows] of Object.entries(proof.tables)) all[table] = [...(all[table] ?? []), ...rows];
    return all;
  }, {}),
};
