import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: { alias: { "~": at("./app"), "#server": at("./server") } },
  esbuild: { jsx: "automatic" },
  test: { pool: "forks", include: ["**/*.test.{ts,tsx}"], exclude: ["node_modules/**", "build/**", "**/*.db.test.ts"] },
});
