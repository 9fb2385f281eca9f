// `npm run ops -- <command>`: the operators' command line, with the same settings as `npm start`.
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { at, run } from "./project.mjs";
import { amazonEnv, sandboxClient, settings } from "./sandbox-env.mjs";

ensureInstalled();
ensureBuilt();
const here = settings();
// Most commands never speak to Amazon, so they work without a running sandbox too.
const absent = { clientId: "sandbox-is-not-running", clientSecret: "sandbox-is-not-running" };
const amazon = here.ownSandbox ? amazonEnv(here, (await sandboxClient(here)) ?? absent) : {};
const env = { ...process.env, NODE_ENV: "production", TIDEMARK_DATA_DIR: here.dataDir, ...amazon };
process.exit(
  run(process.execPath, ["--enable-source-maps", at("build", "index.js"), "ops", ...process.argv.slice(2)], { env }),
);
