// Two runs that ask the same of an instance have the same fingerprint, however their SQL is written.
import { createHash } from "node:crypto";
import { normalise } from "../../packages/amc-engine";
import type { ResolvedWindow } from "./contract";
import type { ParameterValue } from "./template-contract";

export interface FingerprintParts {
  sql: string;
  values: Readonly<Record<string, ParameterValue>>;
  window: ResolvedWindow;
}

export function fingerprintOf({ sql, values, window }: FingerprintParts): string {
  const given = Object.entries(values)
    .map(([name, value]) => [name, Array.isArray(value) ? [...value].sort() : value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([normalise(sql), given, window.from, window.to, window.timeZone]);
  return createHash("sha256").update(text).digest("hex");
}
