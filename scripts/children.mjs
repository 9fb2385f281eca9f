// The processes a start is made of: begun in order, watched, and ended together.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { pathToFileURL } from "node:url";
import { at, root, say } from "./project.mjs";

const patienceMs = 10_000;
const children = new Map();
let ending = false;

/** Starts Node on the project with these arguments. When it ends before it was asked to, everything ends, with exit code 1. */
export function startChild(name, args, env) {
  const child = spawnNode(name, args, env);
  child.once("exit", (code, signal) => {
    if (ending) return;
    say(`The ${name} ended by itself (${signal ?? `exit code ${code}`}).`);
    void endAll(1);
  });
}

/** Runs Node to its end; when that is no success, everything ends, with exit code 1. */
export async function runChild(name, args, env) {
  const child = spawnNode(name, args, env);
  const code = await new Promise((done) => child.once("exit", done));
  if (code === 0 || ending) return;
  say(`The ${name} failed: see above.`);
  await endAll(1);
}

function spawnNode(name, args, env) {
  const preload = pathToFileURL(at("scripts", "end-with-parent.mjs")).href;
  const child = spawn(process.execPath, ["--import", preload, ...args], {
    cwd: root,
    env,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  children.set(name, child);
  child.once("exit", () => children.delete(name));
  return child;
}

/** Ends all children and then this process. A child that does not listen is killed after 10 seconds. */
export async function endAll(code) {
  if (ending) return;
  ending = true;
  const exits = [...children.values()].map((child) => new Promise((done) => child.once("exit", done)));
  for (const child of children.values()) child.kill("SIGTERM");
  const timer = setTimeout(() => {
    for (const child of children.values()) child.kill("SIGKILL");
  }, patienceMs);
  await Promise.all(exits);
  clearTimeout(timer);
  process.exit(code);
}

export function endOnSignals() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void endAll(0));
}

/** Waits until `check` returns something; ends everything when it takes too long. */
export async function until(what, seconds, check) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > deadline) {
      say(`The ${what} was not ready after ${seconds} seconds.`);
      await endAll(1);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** One clear line when a port is taken. A start that was just killed gets a few seconds to let go of its ports. */
export async function requirePorts(wanted) {
  for (const { port, host, variable } of wanted) {
    if (!(Number.isInteger(port) && port > 0 && port < 65536)) {
      say(`${variable} must be a port number.`);
      process.exit(1);
    }
    const deadline = Date.now() + 5000;
    while (!(await isFree(port, host))) {
      if (Date.now() > deadline) {
        say(`Port ${port} is in use. Set ${variable} to another, for example: ${variable}=${port + 1000} npm start`);
        process.exit(1);
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

function isFree(port, host) {
  return new Promise((done) => {
    const probe = createServer();
    probe.once("error", () => done(false));
    probe.listen(port, host, () => probe.close(() => done(true)));
  });
}
