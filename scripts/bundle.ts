// A TypeScript program as one file that Node runs by itself: loaded source by source, each start of it takes three times as long.
import { basename, join } from "node:path";
import { build } from "vite";
import { projectRoot } from "../server/core/project-root";

/** @param program its path in the project @returns the file; packages stay where they are */
export async function bundle(program: string): Promise<string> {
  // Inside the project, from where its packages are found.
  const outDir = join(projectRoot(), ".tmp", "bundles");
  const ssr = join(projectRoot(), program);
  const options = { ssr, outDir, target: "node20", copyPublicDir: false, emptyOutDir: false };
  await build({ configFile: false, logLevel: "error", build: options });
  return join(outDir, `${basename(program, ".ts")}.js`);
}
