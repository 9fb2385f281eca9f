// T9: a person disconnects while a refresh is under way: it stays disconnected, and the late reply is dropped.
import { setTimeout as sleep } from "node:timers/promises";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { TokenRig } from "./rig";

export async function disconnects(soak: TokenRig, { short }: SoakOptions): Promise<Outcome> {
  const times = short ? 10 : 100;
  const { owner, ...into } = await soak.startServer();
  const fleet = await soak.fleet({ connections: times, agencies: 1, into, spreadMs: 24 * 3_600_000 });
  await soak.sql`update grants set renew_at = tidemark_now() + interval '1 day'`;
  soak.sandbox.control.faults.add({ path: "lwa.token", delayMs: 250, afterEffect: true });
  let under = 0;
  for (const { connectionId } of fleet) {
    await owner.api("POST", `connections/${connectionId}/renew`);
    const patience = Date.now() + 5000;
    while (!(await leased(soak, connectionId)) && Date.now() < patience) await sleep(2);
    if (await leased(soak, connectionId)) under++;
    await owner.api("POST", `connections/${connectionId}/disconnect`);
  }
  await soak.settle();
  await sleep(600);
  const states = await soak.states();
  const [kept] = await soak.sql<
    { n: number }[]
  >`select count(*)::int as n from grants where num_nonnulls(refresh_token, access_token) > 0`;
  return check(
    `${under} of ${times} disconnected during a refresh, ${states.disconnected} stayed so, ${kept?.n} tokens kept`,
    {
      "it was during the refresh": under >= times * 0.9,
      "all stay disconnected": states.disconnected === times,
      "no token kept": kept?.n === 0,
    },
  );
}

async function leased({ sql }: TokenRig, id: string): Promise<boolean> {
  return (await sql`select 1 from grants where connection_id = ${id} and lease_until > tidemark_now()`).length > 0;
}
