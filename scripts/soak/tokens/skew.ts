// T6: hosts whose clocks are ten minutes slow and fast, and jump back an hour: tokens go by the database's clock.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { tokenBinding } from "../../../server/connections/seal-tokens";
import { projectRoot } from "../../../server/core/project-root";
import type { Member } from "../../token-fleet";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import { startCallers } from "./race";
import type { TokenRig } from "./rig";

const minute = 60_000;
const hour = 60 * minute;
const preload = pathToFileURL(join(projectRoot(), "scripts/soak/tokens/wrong-clock.mjs")).href;
const off = (minutes: number) => ({ NODE_OPTIONS: `--import=${preload}`, CLOCK_SKEW_MS: String(minutes * minute) });

export async function skew(soak: TokenRig, { short }: SoakOptions): Promise<Outcome> {
  const connections = short ? 60 : 300;
  const hours = short ? 4 : 24;
  const step = (short ? 6 : 3) * minute;
  const fleet = await soak.fleet({ connections, agencies: 5, spreadMs: 40 * minute });
  const right = [soak.startWorker(), soak.startWorker()];
  await days(soak, fleet, { ms: hour, step });
  const normal = await days(soak, fleet, { ms: hours * hour, step });
  await Promise.all(right.map((worker) => worker.kill("SIGTERM")));
  const workers = [soak.startWorker(off(-10)), soak.startWorker(off(10))];
  const callers = [startCallers(soak, off(-10)), startCallers(soak, off(10))];
  try {
    const ask = async (member: Member) => {
      const answers = await Promise.all(callers.map((callersOf) => callersOf.ask(member)));
      return answers.every((versions) => versions.length > 0);
    };
    const first = await days(soak, fleet, { ms: (hours / 2) * hour, step, ask });
    for (const { child } of [...workers, ...callers]) child.kill("SIGUSR2");
    const second = await days(soak, fleet, { ms: (hours / 2) * hour, step, ask });
    const skewed = first.calls + second.calls;
    const expired = first.expired + second.expired;
    const ratio = skewed / normal.calls;
    return check(
      `${normal.calls} refreshes with right clocks, ${skewed} with wrong ones (${ratio.toFixed(2)}), ${first.asked + second.asked} tokens handed out, ${expired} of them expired`,
      { "no expired token handed out": expired === 0, "no storm": ratio <= 1.1 },
    );
  } finally {
    for (const { child } of callers) child.kill("SIGKILL");
  }
}

interface Stretch {
  ms: number;
  step: number;
  /** Asks for the token of a member in the processes with wrong clocks. */
  ask?(member: Member): Promise<boolean>;
}

async function days(soak: TokenRig, fleet: Member[], { ms, step, ask }: Stretch) {
  const before = soak.tokenCalls();
  let asked = 0;
  let expired = 0;
  for (let passed = 0; passed < ms; passed += step) {
    await soak.advance(step);
    await soak.settle();
    const member = fleet[Math.floor(Math.random() * fleet.length)];
    if (!ask || !member) continue;
    asked++;
    if (!(await ask(member)) || !(await livesOn(soak, member))) expired++;
  }
  return { calls: soak.tokenCalls() - before, asked, expired };
}

/** Whether the token that is kept, and was handed out just now, still works at the sandbox. */
async function livesOn({ sql, vault, sandbox, clock }: TokenRig, member: Member): Promise<boolean> {
  const [row] = await sql<
    { access: string }[]
  >`select access_token as access from grants where connection_id = ${member.connectionId}`;
  const accessToken = vault.open(tokenBinding(member, "accessToken"), row?.access ?? "");
  const { known, revoked, expiresAt } = sandbox.control.grants.check({ accessToken });
  return known && !revoked && Date.parse(expiresAt ?? "") > clock.now().getTime();
}
