// T14: every token sealed under a new key while refreshes go on and the rotation is killed again and again.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { tokenBinding } from "../../../server/connections/seal-tokens";
import { generateKey } from "../../../server/core/crypto/fernet";
import { createVault } from "../../../server/core/crypto/vault";
import { projectRoot } from "../../../server/core/project-root";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { TokenRig } from "./rig";

const minute = 60_000;

export async function rotation(soak: TokenRig, { short }: SoakOptions): Promise<Outcome> {
  const size = short ? { rows: 500, kills: 5 } : { rows: 10_000, kills: 50 };
  await soak.fleet({ connections: size.rows, agencies: 10, spreadMs: 60 * minute });
  const next = generateKey();
  const keys = { TIDEMARK_ENCRYPTION_KEYS: `${next},${soak.key}` };
  soak.startWorker(keys);
  let kills = 0;
  let going = true;
  const moving = (async () => {
    while (going) {
      await soak.advance(minute / 2);
      await soak.settle();
    }
  })();
  const refusedEarly = await refused(soak, { TIDEMARK_ENCRYPTION_KEYS: next });
  while (kills < size.kills) {
    const rotating = start(soak, keys);
    await sleep(700 + Math.random() * 900);
    if (rotating.exitCode === null) {
      rotating.kill("SIGKILL");
      await once(rotating, "exit").catch(() => {});
    }
    kills++;
  }
  const [code] = await once(start(soak, keys), "exit");
  going = false;
  await moving;
  const under = await soak.sql<{ under: string; n: number }[]>`
    select split_part(sealed_under, ':', 2) as under, count(*)::int as n from grants group by 1`;
  const newId = createVault({ keys: [next] }).currentKeyId;
  const old = under.filter((row) => row.under !== newId).reduce((sum, { n }) => sum + n, 0);
  const shut = await undecryptable(soak, next);
  const [failed] = await soak.sql<{ n: number }[]>`select count(*)::int as n from grants where failures > 0`;
  const accepted = !(await refused(soak, { TIDEMARK_ENCRYPTION_KEYS: next }));
  return check(
    `${size.rows} rows, ${kills} kills: ${old} under the old key, ${shut} undecryptable, ${failed?.n} failed refreshes, a start without the old key ${refusedEarly ? "refused before" : "ALLOWED before"} and ${accepted ? "allowed" : "REFUSED"} after`,
    {
      "the last run ends well": code === 0,
      "nothing under the old key": old === 0,
      "everything can be opened": shut === 0,
      "no refresh failed": failed?.n === 0,
      "the old key could not be dropped before": refusedEarly,
      "and can be now": accepted,
    },
  );
}

function start(soak: TokenRig, keys: Record<string, string>) {
  const child = spawn(process.execPath, ["build/index.js", "ops", "rotate-keys"], {
    cwd: projectRoot(),
    env: { ...soak.env(), ...keys },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => soak.secrets.read("the rotation's output", chunk.toString("utf8")));
  }
  return child;
}

/** Whether a server with these keys refuses to start. */
async function refused(soak: TokenRig, keys: Record<string, string>): Promise<boolean> {
  const worker = soak.startWorker(keys);
  const ended = await Promise.race([worker.exited.then(() => true), worker.started.then(() => false)]);
  await worker.kill();
  return ended;
}

async function undecryptable({ sql }: TokenRig, key: string): Promise<number> {
  const vault = createVault({ keys: [key] });
  const rows = await sql<{ agencyId: string; connectionId: string; refresh: string; access: string }[]>`
    select agency_id as "agencyId", connection_id as "connectionId", refresh_token as refresh,
      coalesce(access_token, '') as access from grants`;
  return rows.filter((row) => {
    try {
      vault.open(tokenBinding(row, "refreshToken"), row.refresh);
      if (row.access) vault.open(tokenBinding(row, "accessToken"), row.access);
      return false;
    } catch {
      return true;
    }
  }).length;
}
