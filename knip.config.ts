// Dead code: files, exports and packages nobody uses. Pages are used by the route table.
import type { KnipConfig } from "knip";
import { routes } from "./app/routes.mjs";

type Define = (path: string | undefined, file: string, options?: unknown, children?: () => void) => void;

function pages(): string[] {
  const files: string[] = [];
  const define: Define = (_path, file, options, children) => {
    files.push(`app/${file}`);
    (typeof options === "function" ? options : children)?.();
  };
  (routes as unknown as (define: (callback: (route: Define) => void) => void) => void)((callback) => callback(define));
  return files;
}

const config: KnipConfig = {
  entry: [
    "app/{root,entry.client,entry.server}.tsx",
    "app/load-context.ts",
    ...pages(),
    "server/main.ts",
    "packages/*/index.ts",
    "bench/*.ts",
    "scripts/*.{mjs,ts}",
    "scripts/soak/insights/planner.ts",
    "scripts/soak/isolation/writer.ts",
    "scripts/soak/tokens/{callers.ts,wrong-clock.mjs}",
    "tests/support/*-process.ts",
    "tests/e2e/**/*.e2e.ts",
  ],
  project: ["{app,server,sandbox,packages,scripts,tests,bench}/**/*.{ts,tsx,mjs}"],
  ignoreExportsUsedInFile: true,
  // Run or read by path; asked for by packages that do not declare it; the Remix compiler's own name.
  ignoreDependencies: ["@biomejs/biome", "axe-core", "patch-package", "remix", /^@fontsource-variable\//],
  // Not of npm: a test uses it where it is installed.
  ignoreBinaries: ["soffice"],
};

export default config;
