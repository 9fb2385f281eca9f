// Splits SQL into tokens; comments and white space fall away, text in quotes stays whole.

export interface Token {
  kind: "word" | "quoted" | "string" | "number" | "symbol";
  text: string;
  /** A word in capitals, to compare keywords by; any other token as it is written. */
  key: string;
  start: number;
  end: number;
  /** How many brackets are open around it. */
  depth: number;
}

const pattern =
  /(?<space>\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>'(?:[^']|'')*(?:'|$))|(?<quoted>"(?:[^"]|"")*(?:"|$))|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|(?<symbol><>|<=|>=|!=|\|\||::|->|.)/gu;

export function readTokens(sql: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (const { index, 0: text, groups } of sql.matchAll(pattern)) {
    const kind = kindOf(groups ?? {});
    if (!kind) continue;
    if (text === ")") depth -= 1;
    tokens.push({
      kind,
      text,
      key: kind === "word" ? text.toUpperCase() : text,
      start: index,
      end: index + text.length,
      depth,
    });
    if (text === "(") depth += 1;
  }
  return tokens;
}

function kindOf(groups: Record<string, string | undefined>): Token["kind"] | null {
  const kinds = ["word", "symbol", "number", "string", "quoted"] as const;
  return kinds.find((kind) => groups[kind] !== undefined) ?? null;
}

/** What a string token says, without its quotes. */
export function unquote(text: string): string {
  return text.slice(1, text.endsWith("'") && text.length > 1 ? -1 : undefined).replaceAll("''", "'");
}

/** Line and column, from 1, of an offset in a text. */
export function placeOf(sql: string, offset: number): { line: number; column: number } {
  const before = sql.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

const tight = new Set([",", ")", "]", ";", "."]);
const opening = new Set(["(", "[", "."]);

/**
 * One text for all spellings of a query: no comments, single spaces, words in lower case; what stands in quotes stays as it is.
 * Equal texts ask AMC for the same work, which a fingerprint is made of.
 */
export function normalise(sql: string): string {
  const tokens = readTokens(sql).map((token) => ({
    ...token,
    said: token.kind === "word" ? token.text.toLowerCase() : token.text,
  }));
  while (tokens.at(-1)?.text === ";") tokens.pop();
  return tokens.reduce((text, { said }, index) => {
    const previous = tokens[index - 1];
    const joined =
      !previous || tight.has(said) || opening.has(previous.text) || (said === "(" && previous.kind === "word");
    return text + (joined ? "" : " ") + said;
  }, "");
}
