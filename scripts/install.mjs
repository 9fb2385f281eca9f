// Installs what package-lock.json lists, where that has not been done, with the mends in patches/.
import { existsSync } from "node:fs";
import { at, binOf, fail, readJson, run, say } from "./project.mjs";

/** Runs `npm ci` when node_modules is missing or holds other versions than package-lock.json. */
export function ensureInstalled() {
  checkNode();
  if (installed()) return;
  say("Installing packages (npm ci) ...");
  const npm = process.env.npm_execpath;
  // Development packages are needed to build, whatever NODE_ENV says.
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const code = npm ? run(process.execPath, [npm, ...args], { stdio: toStderr }) : run("npm", args, { stdio: toStderr });
  if (code !== 0) fail("npm ci failed: see above.");
  ensurePatched();
}

/** Mends packages as patches/ says (docs/decisions/047): once done it changes nothing. */
export function ensurePatched() {
  const code = run(process.execPath, [binOf("patch-package"), "--error-on-fail"], { quiet: true });
  if (code !== 0) fail("A package could not be mended: patches/ is not for the version in node_modules.");
}

const toStderr = ["inherit", 2, 2];

function checkNode() {
  const wanted = readJson(at("package.json")).engines.node.replace(">=", "");
  const [major, minor] = wanted.split(".").map(Number);
  const [ownMajor, ownMinor] = process.versions.node.split(".").map(Number);
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return;
  fail(`Tidemark needs Node ${wanted} or newer; this is Node ${process.versions.node}.`);
}

/** npm writes its own list of what lies in node_modules when it has finished: compare the two. */
function installed() {
  const list = at("node_modules", ".package-lock.json");
  if (!existsSync(list)) return false;
  const there = readJson(list).packages;
  return Object.entries(readJson(at("package-lock.json")).packages).every(([path, entry]) => {
    if (path === "" || entry.link) return true;
    if (!there[path]) return entry.optional === true || entry.devOptional === true || entry.peer === true;
    return there[path].version === entry.version && there[path].integrity === entry.integrity;
  });
}

if (process.argv[1] === at("scripts", "install.mjs")) ensureInstalled();
