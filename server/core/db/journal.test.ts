import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../project-root";

test("each migration is newer than the one before, else a database that has the later one would skip it", () => {
  const journal = JSON.parse(readFileSync(join(projectRoot(), "drizzle/meta/_journal.json"), "utf8")) as {
    entries: { idx: number; when: number }[];
  };
  expect(journal.entries.map(({ idx }) => idx)).toEqual(journal.entries.map((_, index) => index));
  const times = journal.entries.map(({ when }) => when);
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
});
