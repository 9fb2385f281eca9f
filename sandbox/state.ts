import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// One JSON file holding what must survive a restart. Written whole to a side file, then renamed.

export interface StateFile {
  load(): Record<string, unknown>;
  /** Writes soon; many changes make one write. */
  touch(): void;
  /** Writes now, before an answer leaves. */
  flush(): void;
}

export function openState(directory: string | undefined, snapshot: () => object): StateFile {
  if (directory === undefined) return { load: () => ({}), touch: () => {}, flush: () => {} };
  const path = join(directory, "sandbox.json");
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    mkdirSync(directory, { recursive: true });
    writeFileSync(`${path}.new`, JSON.stringify(snapshot()));
    renameSync(`${path}.new`, path);
  };
  return {
    load: () => readState(path),
    touch: () => {
      timer ??= setTimeout(flush, 50);
    },
    flush,
  };
}

function readState(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return {};
  }
  return JSON.parse(text) as Record<string, unknown>;
}
