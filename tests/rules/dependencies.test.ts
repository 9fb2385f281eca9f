// Each dependency rule is shown to bite: one planted file a rule, in a small project beside which an allowed twin stays silent.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseOptions, type ICruiseResult } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectRoot } from "../../server/core/project-root";

const targets = {
  "package.json": JSON.stringify({
    name: "planted",
    dependencies: { zod: "*", postgres: "*" },
    devDependencies: { vite: "*" },
  }),
  "tsconfig.json": JSON.stringify({ compilerOptions: { baseUrl: ".", paths: { "#server/*": ["server/*"] } } }),
  "server/main.ts": "export const main = 1;",
  "server/core/log.ts": "export const log = 1;",
  "server/core/fields.ts": "export const field = 1;",
  "server/core/db/connect.ts": "export const open = 1; export interface Pool { size: number }",
  "server/amazon/index.ts": "export const amazon = 1;",
  "server/audit/index.ts": "export const append = 1;",
  "server/audit/two.ts": 'import { one } from "./one"; export const two = one;',
  "server/connections/index.ts": "export const connect = 1;",
  "server/connections/contract.ts": "export const Connection = 1;",
  "server/connections/store.ts": "export const rows = 1;",
  "server/amc/index.ts": "export const amc = 1;",
  "server/api/handle.ts": "export const handle = 1;",
  "app/ui/money.ts": "export const money = 1;",
  "sandbox/world.ts": "export const world = 1;",
  "tests/support/ctx.ts": "export const ctx = 1;",
};

const planted: [rule: string, file: string, code: string][] = [
  ["no-cycles", "server/audit/one.ts", 'import { two } from "./two"; export const one = two;'],
  [
    "slices-meet-at-their-doors",
    "server/insights/peek.ts",
    'import { rows } from "../connections/store"; export const a = rows;',
  ],
  ["sql-in-stores", "server/insights/show.ts", 'import postgres from "postgres"; export const a = postgres;'],
  [
    "slices-do-not-know-their-callers",
    "server/insights/call.ts",
    'import { handle } from "../api/handle"; export const a = handle;',
  ],
  ["slices-do-not-know-their-callers", "server/core/boot.ts", 'import { main } from "../main"; export const a = main;'],
  [
    "amazon-knows-nothing-of-us",
    "server/amazon/save.ts",
    'import { open } from "../core/db/connect"; export const a = open;',
  ],
  [
    "contracts-are-pure",
    "server/insights/contract.ts",
    'import { open } from "../core/db/connect"; export const a = open;',
  ],
  [
    "contracts-take-types-from-core-only",
    "server/amc/contract.ts",
    'import type { append } from "../audit"; export type A = typeof append;',
  ],
  [
    "server-does-not-know-the-app",
    "server/insights/draw.ts",
    'import { money } from "../../app/ui/money"; export const a = money;',
  ],
  [
    "pages-see-contracts-only",
    "app/insights/list.tsx",
    'import { rows } from "#server/connections/store"; export const a = rows;',
  ],
  [
    "nobody-imports-the-sandbox",
    "server/amazon/fake.ts",
    'import { world } from "../../sandbox/world"; export const a = world;',
  ],
  [
    "the-sandbox-imports-nothing-of-the-product",
    "sandbox/cheat.ts",
    'import { log } from "../server/core/log"; export const a = log;',
  ],
  [
    "packages-know-nothing-of-the-product",
    "packages/engine/a.ts",
    'import { log } from "../../server/core/log"; export const a = log;',
  ],
  [
    "tests-are-for-tests",
    "server/insights/lean.ts",
    'import { ctx } from "../../tests/support/ctx"; export const a = ctx;',
  ],
  [
    "no-development-packages-in-the-product",
    "server/insights/dev.ts",
    'import { build } from "vite"; export const a = build;',
  ],
  ["core-looks-down", "server/core/upward.ts", 'import { append } from "../audit"; export const a = append;'],
  ["audit-looks-down", "server/audit/upward.ts", 'import { connect } from "../connections"; export const a = connect;'],
  ["insights-looks-down", "server/insights/aside.ts", 'import { amc } from "../amc"; export const a = amc;'],
];

const allowed: Record<string, string> = {
  "server/insights/sync.ts":
    'import { connect } from "../connections"; import { log } from "../core/log"; export const a = [connect, log];',
  "server/insights/store.ts": 'import postgres from "postgres"; export const a = postgres;',
  "server/amazon/http.ts": 'import { log } from "../core/log"; export const a = log;',
  "server/reports/contract.ts":
    'import { z } from "zod"; import { field } from "../core/fields"; import type { Pool } from "../core/db/connect"; export const a = [z, field]; export type P = Pool;',
  "server/api/resources.ts": 'import { connect } from "../connections"; export const a = connect;',
  "server/insights/sync.test.ts": 'import { ctx } from "../../tests/support/ctx"; export const a = ctx;',
  "app/insights/show.tsx": 'import { Connection } from "#server/connections/contract"; export const a = Connection;',
  "app/insights/list.server.ts": 'import { connect } from "#server/connections"; export const a = connect;',
};

const folder = mkdtempSync(join(tmpdir(), "tidemark-rules-"));
let found: { rule: string; from: string }[] = [];

beforeAll(async () => {
  const files = { ...targets, ...allowed, ...Object.fromEntries(planted.map(([, file, code]) => [file, code])) };
  for (const [file, code] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), code);
  }
  symlinkSync(join(projectRoot(), "node_modules"), join(folder, "node_modules"));
  const { forbidden, options } = createRequire(import.meta.url)(join(projectRoot(), ".dependency-cruiser.cjs"));
  const tsConfig = { fileName: join(folder, "tsconfig.json") };
  const cruiseOptions: ICruiseOptions = {
    ...options,
    tsConfig,
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden, options: { tsConfig } },
    preserveSymlinks: true,
  };
  const { output } = await cruise(
    ["app", "server", "sandbox", "packages"],
    cruiseOptions,
    options.enhancedResolveOptions,
    {
      tsConfig: extractTSConfig(tsConfig.fileName),
    },
  );
  found = (output as ICruiseResult).summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(planted)("%s bites: %s", (rule, from) => {
  expect(found).toContainEqual({ rule, from });
});

test("what the design allows passes every rule", () => {
  expect(found.filter(({ from }) => from in allowed || from in targets)).toEqual([]);
});

test("every rule has a planted violation, those of the levels at three of them", () => {
  const { forbidden } = createRequire(import.meta.url)(join(projectRoot(), ".dependency-cruiser.cjs")) as {
    forbidden: { name: string }[];
  };
  const names = forbidden.map(({ name }) => name).filter((name) => !name.endsWith("-looks-down"));
  expect(names.filter((name) => !planted.some(([rule]) => rule === name))).toEqual([]);
});
