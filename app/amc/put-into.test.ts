import { expect, test } from "vitest";
import { putInto } from "./put-into";

/** The SQL after a name was put where `[` and `]` stand, with `|` where the cursor is then. */
function put(text: string, name: string): string {
  const from = text.indexOf("[");
  const to = text.indexOf("]") - 1;
  const sql = text.replace("[", "").replace("]", "");
  const { changes, selection } = putInto(sql, { from, to }, name);
  const next = sql.slice(0, changes.from) + changes.insert + sql.slice(changes.to);
  return `${next.slice(0, selection.anchor)}|${next.slice(selection.anchor)}`;
}

test("a name goes where the cursor is, apart from the words beside it", () => {
  expect(put("SELECT []\nFROM t", "campaign")).toBe("SELECT campaign|\nFROM t");
  expect(put("SELECT a,[]\nFROM t", "campaign")).toBe("SELECT a, campaign|\nFROM t");
  expect(put("SUM([])", "impressions")).toBe("SUM(impressions|)");
  expect(put("SELECT t.[] FROM t", "campaign")).toBe("SELECT t.campaign| FROM t");
  expect(put("GROUP BY 1[]", "campaign")).toBe("GROUP BY 1 campaign|");
  expect(put("SELECT []users", "campaign")).toBe("SELECT campaign| users");
});

test("a name takes the place of what is chosen", () => {
  expect(put("SELECT [imprssions] FROM t", "impressions")).toBe("SELECT impressions| FROM t");
});
