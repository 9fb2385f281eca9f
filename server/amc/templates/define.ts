// What a built-in template is. One file each; index.ts lists them.
import { createHash } from "node:crypto";
import { normalise } from "../../../packages/amc-engine";
import { type AmcChart, type OutputColumn, TemplateDefinition, type TemplateParameter } from "../template-contract";

/** A row of a proof's table, by column; what is left out is null. Moments are ISO 8601 in UTC. */
export type ProofRow = Readonly<Record<string, string | number | boolean | null | readonly (string | number)[]>>;

/** Small data, and what the question answers of it: checked by the tests, shown as the preview. */
export interface TemplateProof {
  /** Days of UTC, both included. */
  window: { from: string; to: string };
  values?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** Rows by table. */
  tables: Readonly<Record<string, readonly ProofRow[]>>;
  /** In the order of the columns; the rows in any order. Thresholds are applied. */
  expected: readonly (readonly (string | number | boolean | null)[])[];
}

export interface TemplateSpec {
  id: string;
  title: string;
  /** What a person asks. */
  question: string;
  tags: readonly string[];
  parameters?: readonly (Partial<TemplateParameter> & Pick<TemplateParameter, "name" | "label" | "kind" | "default">)[];
  /** AMC SQL with CUSTOM_PARAMETER; money is divided into units of its currency. */
  sql: string;
  columns: readonly OutputColumn[];
  chart: AmcChart;
  /** What thresholds do to its rows, and how to see more. */
  privacy: string;
  /** How to read the answer, and what to do about it. */
  guide: string;
  proof: TemplateProof;
}

export interface BuiltInTemplate {
  id: string;
  /** A digest: a change of SQL, parameters or columns is another version. */
  version: string;
  definition: TemplateDefinition;
  privacy: string;
  proof: TemplateProof;
}

export function defineTemplate({ id, privacy, proof, ...spec }: TemplateSpec): BuiltInTemplate {
  const definition = TemplateDefinition.parse(spec);
  const { sql, parameters, columns } = definition;
  const text = JSON.stringify([normalise(sql), parameters, columns]);
  return { id, version: createHash("sha256").update(text).digest("hex").slice(0, 8), definition, privacy, proof };
}

/** Many rows that differ in their user only: thresholds need two users, or a hundred. */
export const usersOf = (count: number, from: number, row: (user: string) => ProofRow): ProofRow[] =>
  Array.from({ length: count }, (_, index) => row(`u${String(from + index).padStart(4, "0")}`));
