import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const sources = "{server,app,sandbox,packages,scripts,tests,bench}";

export default defineConfig({
  resolve: { alias: { "~": at("./app"), "#server": at("./server") } },
  esbuild: { jsx: "automatic" },
  test: {
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [`${sources}/**/*.test.{ts,tsx}`],
          exclude: ["**/node_modules/**", "**/*.db.test.ts", "tests/contract/**"],
          // Loading modules anew for each file takes longer than the tests do.
          isolate: false,
          // Property tests on a busy machine
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: [`${sources}/**/*.db.test.ts`],
          globalSetup: ["tests/support/postgres.ts"],
          // Each test has an agency of its own: the files of one process may share its modules.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: { name: "contract", include: ["tests/contract/**/*.test.ts"], testTimeout: 30_000, hookTimeout: 60_000 },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.e2e.ts"],
          globalSetup: ["tests/e2e/shared-rig.ts"],
          // Each file has an agency of its own: the files of one process may share its modules.
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
