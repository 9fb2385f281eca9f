// A2: processes that change things are killed at any moment: no change without its event, no event without its change.
import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { verifyChain } from "../../../server/audit";
import { generateKey } from "../../../server/core/crypto/fernet";
import { createVault } from "../../../server/core/crypto/vault";
import { aCtx, anAgency, aSource } from "../../../tests/support/ctx";
import { bundle } from "../../bundle";
import { inLanes } from "../lanes";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { IsolationRig } from "./rig";

/** Side by side: one starts while another writes. */
const lanes = 3;

export async function kills(soak: IsolationRig, { short }: SoakOptions): Promise<Outcome> {
  const times = short ? 20 : 500;
  const agencyId = await anAgency(soak.db);
  const writer = await bundle("scripts/soak/isolation/writer.ts");
  const place = { lanes, open: async () => {}, close: async () => {} };
  let killed = 0;
  await inLanes([...Array(times).keys()], place, async () => {
    if (await kill([writer, soak.appUrl, agencyId])) killed++;
  });
  const owner = postgres(soak.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const [odd] = await owner<{ brands: number; events: number; unwritten: number; untrue: number }[]>`
      with told as (
        select target_id as id, count(*) filter (where action = 'brand.created') as made,
          count(*) filter (where action = 'brand.updated') as renamed
        from audit_events where agency_id = ${agencyId} group by 1
      )
      select (select count(*)::int from brands where agency_id = ${agencyId}) as brands,
        (select count(*)::int from audit_events where agency_id = ${agencyId}) as events,
        (select count(*)::int from brands b left join told on told.id = b.id::text
          where b.agency_id = ${agencyId} and (told.made is distinct from 1 or told.renamed is distinct from b.version - 1)) as unwritten,
        (select count(*)::int from told left join brands b on b.id::text = told.id and b.agency_id = ${agencyId} where b.id is null) as untrue`;
    const services = { vault: createVault({ keys: [generateKey()] }), checkpointFolder: "there/is/none" };
    const chain = await verifyChain(aCtx(aSource(soak.db, { services }), agencyId));
    return check(
      `${killed} kills, ${odd?.brands} brands, ${odd?.events} events, ${odd?.unwritten} changes without event, ${odd?.untrue} events without change`,
      {
        "every process was killed while it wrote": killed === times && (odd?.events ?? 0) > times,
        "no change without event": odd?.unwritten === 0,
        "no event without change": odd?.untrue === 0,
        "the chain holds": chain.ok && chain.events === odd?.events,
      },
    );
  } finally {
    await owner.end({ timeout: 5 });
  }
}

/** @param program and its arguments @returns whether it was at work until then */
async function kill(program: string[]): Promise<boolean> {
  const child = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  await Promise.race([once(child.stdout, "data"), exited]);
  await sleep(randomInt(20, 250));
  child.kill("SIGKILL");
  const [, signal] = (await exited) as [number | null, string | null];
  return signal === "SIGKILL";
}
