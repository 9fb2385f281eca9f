import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { expect, test } from "vitest";
import { projectRoot } from "../../server/core/project-root";

const folder = join(projectRoot(), "drizzle");

async function tablesInCode(): Promise<Record<string, unknown>> {
  const server = join(projectRoot(), "server");
  const files = readdirSync(server).map((slice) => join(server, slice, "tables.ts"));
  const modules = await Promise.all(files.filter((file) => existsSync(file)).map((file) => import(file)));
  return Object.assign({}, ...modules);
}

test("the migrations make exactly the tables that the code describes (else: npm run generate)", async () => {
  const last = readdirSync(join(folder, "meta"))
    .filter((name) => name.endsWith("_snapshot.json"))
    .sort()
    .at(-1);
  const migrated = JSON.parse(readFileSync(join(folder, "meta", String(last)), "utf8"));
  const described = generateDrizzleJson(await tablesInCode(), migrated.id);
  expect(await generateMigration(migrated, described)).toEqual([]);
});
