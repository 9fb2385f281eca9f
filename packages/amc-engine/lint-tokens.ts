import type { Problem } from "./contract";
import { problemOf } from "./rules/finding";
import { findInWords } from "./rules/words";
import { readTokens } from "./tokens";

/** What the words of a text alone break; needs no DuckDB, so a browser may ask at every key stroke. */
export function lintTokens(sql: string): Problem[] {
  return findInWords(readTokens(sql)).map((finding) => problemOf(sql, finding));
}
