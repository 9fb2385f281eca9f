import type { z } from "zod";

/** What is wrong, by the path of the part at fault. */
export type Problems = Record<string, string>;

/** Why a definition does not have its shape; empty where it has. */
export function shapeProblems(schema: z.ZodType, draft: unknown): Problems {
  const problems: Problems = {};
  for (const issue of schema.safeParse(draft).error?.issues ?? []) {
    const paths = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const path of paths) {
      problems[path.join(".")] ??=
        issue.code === "unrecognized_keys" ? "This field is not known here; remove it." : issue.message;
    }
  }
  return problems;
}

/** Those at a path or inside it, as one text. */
export const problemAt = (problems: Problems, path: string): string | undefined =>
  Object.entries(problems)
    .filter(([place]) => place === path || place.startsWith(`${path}.`))
    .map(([, words]) => words)
    .join(" ") || undefined;
