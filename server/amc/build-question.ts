// The visual builder's questions as SQL, and SQL as such a question where nothing of it would be lost.
import { z } from "zod";
import {
  BuiltQuestion,
  checkQuestion,
  parametersOf,
  type QuestionProblem,
  type Table,
  tidy,
  writeSql,
} from "../../packages/amc-builder";
import { type Reading, readSql } from "../../packages/amc-builder/read-sql";
import { amcTables } from "../../packages/amc-engine";
import { command } from "../core/command";
import { AppError } from "../core/errors";
import { SqlText } from "./template-contract";

/** Those of questions; audiences are made of others. */
const tables: readonly Table[] = amcTables.filter(({ forAudiences }) => !forAudiences);

export const writeQuestion = command({
  name: "amc-template.write-sql",
  permission: "amc.read",
  input: z.strictObject({ question: BuiltQuestion }),
  brandOf: () => "anyBrand",
  run: async (_, { question: asked }) => {
    const question = tidy(asked);
    const problems = checkQuestion(question, tables);
    if (problems.length > 0) throw unsound(problems);
    const parameters = parametersOf(question, tables).map(({ name, kind }) => ({ name, kind }));
    return { result: { sql: writeSql(question, tables), parameters }, audit: null };
  },
});

const unsound = (problems: readonly QuestionProblem[]): AppError =>
  new AppError("invalid", "AMC could not be asked this.", {
    fields: Object.fromEntries(problems.map(({ path, message }) => [`question.${path}`, message])),
    remedy: "Correct the parts named.",
  });

export const readQuestion = command({
  name: "amc-template.read-sql",
  permission: "amc.read",
  input: z.strictObject({ sql: SqlText }),
  brandOf: () => "anyBrand",
  run: async (_, { sql }): Promise<{ result: Reading; audit: null }> => ({
    result: await readSql(sql, tables),
    audit: null,
  }),
});
