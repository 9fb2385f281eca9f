import { expect, test } from "vitest";
import { nameOfRun, wordsOfSql } from "./run-name";

test("SQL is known by its first comment, else by how it begins", () => {
  expect(wordsOfSql("-- Reach by campaign\nSELECT campaign FROM t")).toBe("Reach by campaign");
  expect(wordsOfSql("SELECT campaign,\n  SUM(impressions)\nFROM t -- all")).toBe(
    "SELECT campaign, SUM(impressions) FROM t -- all",
  );
  expect(wordsOfSql(`SELECT ${"campaign, ".repeat(20)}x FROM t`)).toHaveLength(60);
});

test("a run of SQL that nobody gave a title is called after the SQL", () => {
  const sql = "SELECT 1 FROM t";
  expect(nameOfRun({ title: "SQL of one's own", templateId: null, sql })).toBe("SELECT 1 FROM t");
  expect(nameOfRun({ title: "Reach of spring", templateId: null, sql })).toBe("Reach of spring");
  expect(nameOfRun({ title: "Overlap", templateId: "overlap", sql })).toBe("Overlap");
});
