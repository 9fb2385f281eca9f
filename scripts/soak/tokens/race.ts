// T3: fifty callers in two processes on one token that has ended: one call to Amazon, the same token for all.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";
import { nameOfRefresh } from "../../../sandbox/lwa/access-tokens";
import { projectRoot } from "../../../server/core/project-root";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { TokenRig } from "./rig";

const callers = 25;

export async function race(soak: TokenRig, { short }: SoakOptions): Promise<Outcome> {
  const rounds = short ? 20 : 1000;
  const [member] = await soak.fleet({ connections: 1, agencies: 1, spreadMs: 0 });
  if (!member) throw new Error("a fleet of none");
  // A reply takes a moment, as Amazon's does.
  soak.sandbox.control.faults.add({ path: "lwa.token", delayMs: 15, afterEffect: true });
  // Of this grant: one that a killed process had asked for in the part before may be answered only now.
  const grant = nameOfRefresh(member.refreshToken);
  const calls = () => soak.sandbox.control.calls.counts({ operation: "lwa.token", by: "grant" })[grant] ?? 0;
  const processes = [startCallers(soak), startCallers(soak)];
  let single = 0;
  let same = 0;
  try {
    for (let round = 0; round < rounds; round++) {
      await soak.sql`update grants set access_expires_at = tidemark_now() - interval '1 minute'`;
      const before = calls();
      const answers = await Promise.all(processes.map((callersOf) => callersOf.ask(member)));
      if (calls() - before === 1) single++;
      if (new Set(answers.flat()).size === 1) same++;
    }
  } finally {
    for (const { child } of processes) child.kill("SIGKILL");
  }
  return check(`${rounds} x ${callers * 2} callers in 2 processes: ${single} with one call, ${same} with one token`, {
    "one call each time": single === rounds,
    "one token for all": same === rounds,
  });
}

interface Callers {
  child: ChildProcess;
  /** @returns the version of the token that each caller got */
  ask(of: { agencyId: string; connectionId: string }): Promise<number[]>;
}

export function startCallers(soak: TokenRig, env: Record<string, string> = {}): Callers {
  const script = join(projectRoot(), "scripts/soak/tokens/callers.ts");
  // With the patience of the product: a call that is given up is rightly followed by another, and a process that has just
  // begun, on a machine that does other things too, can stand still for longer than the rig's half second.
  const child = spawn(process.execPath, ["--import", "tsx", script], {
    env: { ...soak.env(), AMAZON_TOKEN_TIMEOUT_SECONDS: "10", ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines: Interface = createInterface({ input: child.stdout });
  const answers = lines[Symbol.asyncIterator]();
  return {
    child,
    async ask({ agencyId, connectionId }) {
      child.stdin.write(`${JSON.stringify({ agencyId, connectionId, callers })}\n`);
      const { value } = await answers.next();
      return JSON.parse(value ?? "[]") as number[];
    },
  };
}
