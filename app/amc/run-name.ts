// What tells runs of SQL of one's own apart.
import type { AmcExecution } from "#server/amc/execution-contract";
import { ownTitle } from "./asked-before";

const mostLetters = 60;

/** Its first comment, else how it begins. */
export function wordsOfSql(sql: string): string {
  const [, comment] = /^\s*--\s*(\S.*)$/m.exec(sql.trimStart().split("\n", 1)[0] ?? "") ?? [];
  const text = (comment ?? sql).replaceAll(/\s+/g, " ").trim();
  return text.length > mostLetters ? `${text.slice(0, mostLetters - 1)}…` : text;
}

export const nameOfRun = ({ title, templateId, sql }: Pick<AmcExecution, "title" | "templateId" | "sql">): string =>
  !templateId && title === ownTitle ? wordsOfSql(sql) : title;
