const wordBefore = /[\w"'.,)]$/;
const wordAfter = /^[\w"'(]/;

interface Change {
  changes: { from: number; to: number; insert: string };
  selection: { anchor: number };
}

/** Puts a name into SQL instead of what is chosen, apart from the words beside it; the cursor comes behind it. */
export function putInto(sql: string, { from, to }: { from: number; to: number }, name: string): Change {
  const [before, after] = [sql.slice(0, from), sql.slice(to)];
  const isPartOf = before.endsWith(".");
  const lead = !isPartOf && wordBefore.test(before) ? " " : "";
  const insert = `${lead}${name}${wordAfter.test(after) ? " " : ""}`;
  return { changes: { from, to, insert }, selection: { anchor: from + lead.length + name.length } };
}
