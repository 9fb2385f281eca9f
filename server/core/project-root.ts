import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder with Tidemark's package.json, for the built file (build/index.js) and for the sources alike. */
export function projectRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as { name?: string }).name === "tidemark")
      return folder;
    if (folder === dirname(folder)) throw new Error(`No package.json of Tidemark above ${start}`);
  }
}
