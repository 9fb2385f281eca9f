// `npm start`: installs and builds what is missing, then runs the sandbox and the server, which brings its own database.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { endOnSignals, requirePorts, runChild, startChild, until } from "./children.mjs";
import { ensureInstalled } from "./install.mjs";
import { at, binOf, readJson, say } from "./project.mjs";
import { amazonEnv, sandboxClient, sandboxEnv, settings } from "./sandbox-env.mjs";

const development = process.argv.includes("--dev");
const start = settings();
const web = start.role !== "worker";
const sandboxPorts = [0, 1, 2].map((offset) => ({
  port: start.sandboxPort + offset,
  host: "127.0.0.1",
  variable: "SANDBOX_PORT",
}));

ensureInstalled();
if (!development) ensureBuilt();
mkdirSync(start.dataDir, { recursive: true, mode: 0o700 });
await requirePorts([
  ...(web ? [{ port: start.port, host: start.host, variable: "PORT" }] : []),
  ...(start.ownSandbox ? sandboxPorts : []),
]);
endOnSignals();
const env = { ...serverEnv(), ...(start.ownSandbox ? await startSandbox() : {}) };
startServer(env);
if (web) await until("server", 180, serverReady);
if (start.ownSandbox && start.role === "all") await makeDemo(env);
announce();

function serverEnv() {
  return {
    ...process.env,
    NODE_ENV: development ? "development" : "production",
    PORT: String(start.port),
    HOST: start.host,
    TIDEMARK_DATA_DIR: start.dataDir,
    LOG_LEVEL: process.env.LOG_LEVEL || (development ? "info" : "warn"),
  };
}

async function startSandbox() {
  const program = at("sandbox", "main.ts");
  const args = development ? [binOf("tsx"), "watch", "--clear-screen=false", program] : ["--import", "tsx", program];
  startChild("sandbox", args, sandboxEnv(start));
  return amazonEnv(start, await until("sandbox", 60, () => sandboxClient(start)));
}

function startServer(environment) {
  // Pages are rendered from many short-lived objects: with more room for these, collecting them costs half as much.
  const flags = ["--enable-source-maps", "--max-semi-space-size=64"];
  const args = development
    ? [binOf("@remix-run/dev", "remix"), "dev", "-c", `node ${flags.join(" ")} build/index.js`]
    : [...flags, at("build", "index.js")];
  startChild("server", args, environment);
}

async function serverReady() {
  try {
    const host = start.host === "0.0.0.0" || start.host === "::" ? "127.0.0.1" : start.host;
    const response = await fetch(`http://${host}:${start.port}/readyz`, { signal: AbortSignal.timeout(3000) });
    return response.ok;
  } catch {
    return false;
  }
}

/** First run only: people and a connection to look at, made through the product's own operations. */
async function makeDemo(environment) {
  const script = at("scripts", "demo.ts");
  if (existsSync(join(start.dataDir, "demo.json")) || !existsSync(script)) return;
  say("First start: making a demo agency ...");
  await runChild("demo", ["--import", "tsx", script], environment);
}

/** demo.json: { signIns: [{ label, email, password }] } */
function announce() {
  const demo = join(start.dataDir, "demo.json");
  if (!web) {
    process.stdout.write("Tidemark's worker is running\n");
    return;
  }
  if (existsSync(demo) && !start.production) {
    for (const { label, email, password } of readJson(demo).signIns) {
      process.stdout.write(`  ${label}: ${email} / ${password}\n`);
    }
  }
  process.stdout.write(`Tidemark is ready at http://localhost:${start.port}\n`);
}
