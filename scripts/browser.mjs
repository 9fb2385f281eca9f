// The browser for end-to-end tests: one that is there, or Debian's chromium.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, say } from "./project.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

function find() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}

/** @returns the browser's path, or undefined after saying in one line what to install */
export function ensureBrowser() {
  const found = find();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    say("Installing chromium (apt-get) ...");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const apt = (...args) => run("apt-get", args, { env, stdio: ["ignore", "ignore", 2] });
    apt("update", "-q");
    apt("install", "-y", "-q", "--no-install-recommends", "chromium");
  }
  const installed = find();
  if (!installed)
    say("No Chromium: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH to its program.");
  return installed;
}
