// Debian's packages for tests that need another program.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run, say } from "./project.mjs";

/** @returns the first of these programs that is there */
export function findProgram(names) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}

/** Installs the package as root on Debian; elsewhere nothing happens. */
export function aptInstall(name) {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  say(`Installing ${name} (apt-get) ...`);
  // RUNLEVEL keeps a package from starting a service.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
  const apt = (...args) => run("apt-get", args, { env, stdio: ["ignore", "ignore", 2] });
  apt("update", "-q");
  apt("install", "-y", "-q", "--no-install-recommends", name);
}
