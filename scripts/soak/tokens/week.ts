// T1: simulated days of a whole fleet, with errors, lost and slow replies, consents withdrawn midway, and workers killed all the time.
import type { Member } from "../../token-fleet";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { TokenRig, Worker } from "./rig";

const minute = 60_000;
const hour = 60 * minute;

export async function week(soak: TokenRig, { short }: SoakOptions): Promise<Outcome> {
  const size = short
    ? { connections: 100, agencies: 10, hours: 24, kills: 5, step: 6 * minute }
    : { connections: 1000, agencies: 20, hours: 7 * 24, kills: null, step: 3 * minute };
  const fleet = await soak.fleet({ ...size, spreadMs: 40 * minute });
  const workers = [soak.startWorker(), soak.startWorker()];
  await untilFresh(soak, fleet.length);
  const killer = createKiller(soak, workers);
  const before = soak.sandbox.control.calls.counts({ operation: "lwa.token", by: "status" });
  spoil(soak);
  const withdrawn = new Map<string, Withdrawn>();
  const [begun, end] = [soak.clock.now().getTime(), soak.clock.now().getTime() + size.hours * hour];
  const seen = { stale: 0, samples: 0 };
  while (soak.clock.now().getTime() < end) {
    await soak.advance([...withdrawn.values()].some(({ foundAt }) => !foundAt) ? minute / 2 : size.step);
    await soak.settle();
    seen.stale += await soak.stale();
    seen.samples += fleet.length;
    const share = (soak.clock.now().getTime() - begun) / (end - begun);
    if (share > 0.5 && withdrawn.size === 0) await withdraw(soak, fleet, withdrawn);
    if (withdrawn.size > 0) await watch(soak, withdrawn);
    killer.due(size.kills === null ? null : Math.floor(share * (size.kills + 1)));
  }
  soak.sandbox.control.faults.clear();
  await soak.advance(3 * minute);
  await soak.settle();
  return judge(soak, { withdrawn, seen, kills: killer.kills(), before });
}

interface Withdrawn {
  member: Member;
  /** When its token was to be renewed next. */
  dueAt: number;
  foundAt?: number;
}

async function untilFresh(soak: TokenRig, connections: number): Promise<void> {
  for (let at = 0; at < 60 && (await soak.fresh(1)) < connections; at++) {
    await soak.advance(minute);
    await soak.settle();
  }
  const fresh = await soak.fresh(1);
  if (fresh < connections) throw new Error(`only ${fresh} of ${connections} tokens were ever fetched`);
}

/** 5% errors, 1% replies lost after the token was made, half a percent slower than the time-out. */
function spoil({ sandbox }: TokenRig): void {
  const { faults } = sandbox.control;
  faults.add({ path: "lwa.token", share: 0.05, status: 503 });
  faults.add({ path: "lwa.token", share: 0.01, drop: true, afterEffect: true });
  faults.add({ path: "lwa.token", share: 0.005, delayMs: 800, afterEffect: true });
}

async function withdraw({ sandbox, sql }: TokenRig, fleet: Member[], withdrawn: Map<string, Withdrawn>): Promise<void> {
  for (const member of fleet.slice(0, 10)) {
    sandbox.control.revoke({ refreshToken: member.refreshToken });
    const [row] = await sql<{ at: Date }[]>`select greatest(renew_at, tidemark_now()) as at from grants
      where connection_id = ${member.connectionId}`;
    withdrawn.set(member.connectionId, { member, dueAt: row?.at.getTime() ?? 0 });
  }
}

async function watch({ sql, clock }: TokenRig, withdrawn: Map<string, Withdrawn>): Promise<void> {
  const gone = await sql<{ id: string }[]>`select id from connections where state = 'needs_reconsent'`;
  for (const { id } of gone) {
    const one = withdrawn.get(id);
    if (one) one.foundAt ??= clock.now().getTime();
  }
}

/** Kills one worker after the other and starts another in its place. One that has not started yet cannot be caught at work. */
function createKiller(soak: TokenRig, workers: Worker[]) {
  let kills = 0;
  let next = performance.now() + 4000;
  const atWork = new WeakSet<Worker>();
  const watchStart = (worker: Worker) =>
    void worker.started.then(
      () => {
        atWork.add(worker);
        next = performance.now() + 3000 + Math.random() * 2000;
      },
      () => {},
    );
  workers.forEach(watchStart);
  const kill = () => {
    const at = kills % workers.length;
    const worker = workers[at];
    if (!worker || !atWork.has(worker)) return;
    kills++;
    void worker.kill();
    workers[at] = soak.startWorker();
    watchStart(workers[at]);
    // Counted from when both are at work again: on a slow machine nothing would ever be.
    next = Number.POSITIVE_INFINITY;
  };
  return {
    kills: () => kills,
    /** @param wanted kills there should have been by now; null: one after every 3 to 5 seconds of both at work */
    due(wanted: number | null) {
      if (wanted !== null ? kills < wanted : performance.now() > next) kill();
    },
  };
}

interface Run {
  withdrawn: Map<string, Withdrawn>;
  seen: { stale: number; samples: number };
  kills: number;
  before: Record<string, number>;
}

async function judge(soak: TokenRig, { withdrawn, seen, kills, before }: Run): Promise<Outcome> {
  const states = await soak.states();
  const late = [...withdrawn.values()].map(
    ({ dueAt, foundAt }) => ((foundAt ?? Number.POSITIVE_INFINITY) - dueAt) / minute,
  );
  const wrong = (states.needs_reconsent ?? 0) - late.filter(Number.isFinite).length + (states.disconnected ?? 0);
  const unusable = await soak.unusable();
  const [told] = await soak.sql<{ n: number; people: number }[]>`
    select count(*)::int as n, count(distinct subject ->> 'id')::int as people from messages where kind = 'connection.needs_reconsent'`;
  const counts = soak.sandbox.control.calls.counts({ operation: "lwa.token", by: "status" });
  const of = (status: string) => (counts[status] ?? 0) - (before[status] ?? 0);
  return check(
    `${of("200")} renewals, ${of("503")} errors, ${of("0")} lost, ${kills} kills; ${seen.stale} stale of ${seen.samples} samples, ${late.filter((minutes) => minutes <= 5).length} of ${late.length} withdrawn found in 5 min (longest ${Math.max(...late).toFixed(1)}), ${wrong} wrong, ${unusable} unusable, ${told?.n} told`,
    {
      "no stale sample": seen.stale === 0,
      "every withdrawn consent found within 5 minutes of its next refresh":
        late.length === 10 && late.every((minutes) => minutes <= 5),
      "no wrong disconnect": wrong === 0,
      "no unusable token": unusable === 0,
      "each owner told once": told?.n === 10 && told.people === 10,
      "everything else healthy":
        (states.healthy ?? 0) + (states.needs_reconsent ?? 0) === Object.values(states).reduce((a, b) => a + b, 0),
    },
  );
}
