import { type Lint, lint } from "../../packages/amc-engine";
import { refuseAmc } from "./amc-request";
import type { Instance } from "./book";
import { tablesOf, uploadedOf } from "./inputs";
import { type Definition, declaredOf } from "./workflow-shape";

/** Reads a workflow's SQL as AMC does before it keeps or runs it. @throws {ReplyError} 400 with every reason */
export async function validate(instance: Instance, definition: Definition): Promise<Lint> {
  const { sqlQuery } = definition;
  if (sqlQuery === undefined) throw refuseAmc(400, "sqlQuery is required");
  const found = await lint(sqlQuery, {
    tables: tablesOf(instance),
    uploaded: uploadedOf(instance),
    parameters: declaredOf(definition),
  });
  const errors = found.problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    const reasons = errors.map(({ line, column, message }) => `line ${line}, column ${column}: ${message}`);
    throw refuseAmc(400, `SQL query is invalid: ${reasons.join("; ")}`);
  }
  return found;
}

export const outputColumnsOf = ({ outputColumns }: Lint) =>
  outputColumns.map(({ name, dataType, columnType }) => ({ name, dataType, columnType }));
