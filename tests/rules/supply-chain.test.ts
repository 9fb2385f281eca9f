import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../server/core/project-root";

interface Entry {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
}

const read = (name: string) => readFileSync(join(projectRoot(), name), "utf8");
const manifest = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;
const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, Entry> };
const entries = Object.entries(lock.packages).filter(([path, entry]) => path.includes("node_modules/") && !entry.link);
const nameOf = (path: string) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

/** Versions published by attackers (AntV, May 2026; axios): within the ranges our packages ask for, or once were. */
const known = {
  "@antv/g2": ["5.5.8", "5.6.8"],
  "@antv/g6": ["5.2.1", "5.3.1"],
  "@antv/g": ["6.4.1", "6.5.1"],
  "@antv/g-lite": ["2.8.0", "2.9.0"],
  "@antv/component": ["2.2.11", "2.3.11"],
  "@antv/scale": ["0.6.2", "0.7.2"],
  axios: ["1.14.1", "0.30.4"],
} as Record<string, string[]>;

test("every direct dependency and override is pinned to one version", () => {
  const groups = ["dependencies", "devDependencies", "optionalDependencies", "overrides"];
  const loose = groups
    .flatMap((group) => Object.entries(manifest[group] ?? {}))
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
  expect(loose).toEqual([]);
});

test("every override is what the lockfile holds, wherever the package appears", () => {
  for (const [name, version] of Object.entries(manifest.overrides ?? {})) {
    const versions = new Set(entries.filter(([path]) => nameOf(path) === name).map(([, entry]) => entry.version));
    expect([name, ...versions]).toEqual([name, version]);
  }
});

test("no version known to be malicious is in the lockfile", () => {
  const bad = entries.filter(([path, entry]) => known[nameOf(path)]?.includes(entry.version ?? ""));
  expect(bad.map(([path]) => path)).toEqual([]);
});

test("every package in the lockfile has its checksum and comes from no place but the registry", () => {
  const odd = entries.filter(
    ([, { resolved, integrity }]) =>
      (resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/")) ||
      !integrity?.startsWith("sha512-"),
  );
  expect(odd.map(([path]) => path)).toEqual([]);
});

test("install scripts are off, and new dependencies are pinned", () => {
  const lines = read(".npmrc").split("\n");
  expect(lines).toContain("ignore-scripts=true");
  expect(lines).toContain("save-exact=true");
});
