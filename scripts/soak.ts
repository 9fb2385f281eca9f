// `npm run soak -- <name> [--short] [--only=<a part, or failpoints that begin so>]`. Exit code 0 only if all holds; the last line says the figures.
import type { SoakOptions } from "./soak/options";

const soaks: Record<string, (options: SoakOptions) => Promise<boolean>> = {
  amc: async (options) => (await import("./soak/amc")).soakAmc(options),
  insights: async (options) => (await import("./soak/insights")).soakInsights(options),
  isolation: async (options) => (await import("./soak/isolation")).soakIsolation(options),
  main: async (options) => (await import("./soak/main")).soakMain(options),
  tokens: async (options) => (await import("./soak/tokens")).soakTokens(options),
};

const soak = soaks[process.argv[2] ?? ""];
if (!soak) {
  process.stderr.write(
    `Usage: npm run soak -- <${Object.keys(soaks).join(" | ")}> [--short] [--only=<a part, or failpoints that begin so>]\n`,
  );
  process.exit(2);
}
const only = process.argv.find((arg) => arg.startsWith("--only="))?.slice("--only=".length);
process.exit((await soak({ short: process.argv.includes("--short"), only })) ? 0 : 1);
