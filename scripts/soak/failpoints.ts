import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../server/core/project-root";

/** Every failpoint named in the product's sources: a new one is covered without being listed here. */
export function failpoints(): string[] {
  const names = new Set<string>();
  for (const file of readdirSync(join(projectRoot(), "server"), { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts") || /\.test\.ts$/.test(file)) continue;
    const text = readFileSync(join(projectRoot(), "server", file), "utf8");
    for (const match of text.matchAll(/\bfailpoint\("([a-z.-]+)"\)/g)) names.add(match[1] ?? "");
  }
  return [...names].sort();
}
