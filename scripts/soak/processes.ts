// Processes of their own that do what a line says and answer it with one, for soaks that run several at once and kill them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { seeded } from "../../tests/support/restated-days";

export interface LineProcess {
  /** @returns whether it answered; false: it was killed before. @throws when it ended by itself */
  ask(line: string): Promise<boolean>;
  kill(): void;
}

/** @param args of Node; resolves with the first line that it writes */
export async function startProcess(args: readonly string[], env: Record<string, string> = {}): Promise<LineProcess> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  // A dead process's pipe is nobody's fault.
  child.stdin.on("error", () => {});
  let answered = (_: boolean) => {};
  createInterface({ input: child.stdout }).on("line", () => answered(true));
  const killed = once(child, "exit").then(([code, signal]) => {
    if (!signal) throw new Error(`a process ended by itself, with exit code ${code}`);
    return false;
  });
  killed.catch(() => {});
  const next = () => Promise.race([new Promise<boolean>((done) => (answered = done)), killed]);
  await next();
  return {
    ask(line) {
      const answer = next();
      child.stdin.write(`${line}\n`);
      return answer;
    },
    kill() {
      child.kill("SIGKILL");
    },
  };
}

const count = 4;

/** Four processes are asked each line at once; now and then one is killed at it, and started again for the next. @returns kills */
export async function liveThrough(lines: readonly string[], start: () => Promise<LineProcess>): Promise<number> {
  const random = seeded(lines.length);
  const all = await Promise.all(Array.from({ length: count }, start));
  let kills = 0;
  try {
    for (const line of lines) {
      const doomed = random() < 0.12 ? Math.floor(random() * count) : -1;
      const answers = all.map((one) => one.ask(line));
      if (doomed >= 0) {
        await new Promise((wait) => setTimeout(wait, random() * 40));
        all[doomed]?.kill();
      }
      await Promise.all(answers);
      if (doomed < 0) continue;
      kills++;
      all[doomed] = await start();
    }
  } finally {
    for (const one of all) one.kill();
  }
  return kills;
}
