// How fast calls of one kind may go out: a pure step from what is known to what is allowed. Amazon publishes no limits and
// moves them (contracts 8), so the rate is learnt: a 429 slows it down, calls that pass let it creep up again.

/** The fastest that calls of a kind are sent, however well it goes. */
export interface Ceiling {
  perSecond: number;
  /** Calls at once after a rest; none after a 429 until the ceiling is reached again. */
  burst: number;
}

/** What is known of one kind of call. Moments are milliseconds of the clock it is kept by. */
export interface Limit {
  perSecond: number;
  burst: number;
  /** When the next call would be due if calls came evenly. */
  dueAt: number;
  /** Amazon asked for silence until then, or we keep it. */
  pausedUntil: number;
  /** When the rate was last cut, and when the last 429 came. Null: nothing was refused at this rate. */
  cutAt: number | null;
  limitedAt: number | null;
  /** The rate at which the last 429 came: the true limit is near it. */
  refusedAt: number;
  /** 429s without Retry-After in a row. */
  strikes: number;
  /** Rises with each pause, so that answers to calls sent before it are told apart. */
  generation: number;
  /** After a pause that Amazon did not name, one call at a time may try whether it is over. */
  probing: boolean;
  /** A probe is under way until then at the latest. */
  probeUntil: number;
  /** Calls let through in the second that began then, and in the one before. */
  second: { began: number; calls: number; before: number };
}

/** Given with a permission and handed back with what came of it. */
export interface Pass {
  generation: number;
  probe: boolean;
  /** Nothing was ever refused: a success teaches nothing. */
  untroubled: boolean;
}

export type Verdict =
  | { go: true; pass: Pass }
  /** `everyMs`: time between two calls at the present rate. */
  | { go: false; waitMs: number; everyMs: number };

export type Outcome =
  | { kind: "passed" }
  /** Refused for another reason: the gateway lets calls through. */
  | { kind: "answered" }
  | { kind: "limited"; retryAfterMs?: number }
  /** No answer says nothing. */
  | { kind: "unanswered" };

const cut = 0.7;
const leastMsBetweenCuts = 2_000;
const rise = 0.002;
const quietMs = 5_000;
const slowest = 0.5;
const firstHoldMs = 30_000;
const longestHoldMs = 15 * 60_000;
const probeWaitMs = 1_000;
/** Longer than a call may take: a process that died with its probe holds up nobody after it. */
const probeLifeMs = 40_000;
const rememberedMs = 3_600_000;
const roundingMs = 0.001;

const fresh = ({ perSecond, burst }: Ceiling, now: number): Limit => ({
  perSecond,
  burst,
  dueAt: now,
  pausedUntil: 0,
  cutAt: null,
  limitedAt: null,
  refusedAt: perSecond,
  strikes: 0,
  generation: 0,
  probing: false,
  probeUntil: 0,
  second: { began: now, calls: 0, before: 0 },
});

/** May a call go out now? A refusal changes nothing. */
export function admit(known: Limit | null, now: number, ceiling: Ceiling): { limit: Limit | null; verdict: Verdict } {
  const limit = known ?? fresh(ceiling, now);
  const everyMs = 1000 / limit.perSecond;
  const wait = (waitMs: number) => ({ limit: known, verdict: { go: false, waitMs, everyMs } as const });
  if (limit.probing && limit.probeUntil > now) return wait(Math.min(probeWaitMs, limit.probeUntil - now));
  const allowedAt = Math.max(limit.pausedUntil, limit.dueAt - (limit.burst - 1) * everyMs);
  if (allowedAt - now > roundingMs) return wait(allowedAt - now);
  const { generation, probing: probe, limitedAt } = limit;
  return {
    limit: {
      ...limit,
      dueAt: Math.max(limit.dueAt, now) + everyMs,
      probeUntil: probe ? now + probeLifeMs : 0,
      second: counted(limit.second, now),
    },
    verdict: { go: true, pass: { generation, probe, untroubled: limitedAt === null } },
  };
}

function counted({ began, calls, before }: Limit["second"], now: number): Limit["second"] {
  if (now < began + 1000) return { began, calls: calls + 1, before };
  return { began: now, calls: 1, before: now < began + 2000 ? calls : 0 };
}

/** What a call that was let through has taught. */
export function learn(
  known: Limit | null,
  now: number,
  { pass, outcome, ceiling }: { pass: Pass; outcome: Outcome; ceiling: Ceiling },
): Limit | null {
  if (outcome.kind === "limited") return limited(known ?? fresh(ceiling, now), now, { pass, outcome });
  if (!known) return null;
  if (outcome.kind === "unanswered") return pass.probe ? { ...known, probeUntil: 0 } : known;
  const over = known.generation <= pass.generation;
  const limit = over && (known.strikes > 0 || known.probing) ? reopened(known) : known;
  return outcome.kind === "passed" ? faster(limit, now, ceiling) : limit;
}

const reopened = (limit: Limit): Limit => ({ ...limit, strikes: 0, probing: false, probeUntil: 0 });

function faster(limit: Limit, now: number, ceiling: Ceiling): Limit {
  if (limit.limitedAt === null || now - limit.limitedAt < quietMs) return limit;
  const perSecond = Math.min(limit.perSecond * (1 + riseOf(limit)), ceiling.perSecond);
  return perSecond < ceiling.perSecond
    ? { ...limit, perSecond }
    : { ...limit, perSecond, burst: ceiling.burst, limitedAt: null, cutAt: null };
}

/** By how much a call that passes raises the rate: quickly back to where the limit was last, gently across it, then on. */
function riseOf({ perSecond, refusedAt }: Limit): number {
  if (perSecond < 0.9 * refusedAt) return 25 * rise;
  return perSecond < 1.2 * refusedAt ? Math.min(rise / 4, 0.0015 / perSecond) : rise;
}

interface Refusal {
  pass: Pass;
  outcome: Extract<Outcome, { kind: "limited" }>;
}

function limited(limit: Limit, now: number, { pass, outcome: { retryAfterMs } }: Refusal): Limit {
  const first = limit.generation <= pass.generation;
  const strikes = first ? limit.strikes + 1 : limit.strikes;
  const hold = first || retryAfterMs !== undefined ? (retryAfterMs ?? holdOf(strikes)) : 0;
  return {
    ...slower(limit, now),
    burst: 1,
    limitedAt: now,
    strikes,
    generation: first ? pass.generation + 1 : limit.generation,
    pausedUntil: first ? now + hold : Math.max(limit.pausedUntil, now + hold),
    probing: first ? retryAfterMs === undefined : limit.probing,
    probeUntil: first ? 0 : limit.probeUntil,
  };
}

const holdOf = (strikes: number): number => Math.min(firstHoldMs * 2 ** (strikes - 1), longestHoldMs);

function slower(limit: Limit, now: number): Limit {
  if (limit.cutAt !== null && now - limit.cutAt < leastMsBetweenCuts) return limit;
  // The ceiling is a guess: the first cut starts from what was really sent.
  const sent = Math.max(limit.second.calls, limit.second.before);
  const from = limit.limitedAt === null ? Math.min(limit.perSecond, Math.max(sent, 1)) : limit.perSecond;
  const perSecond = Math.max(from * cut, Math.min(slowest, limit.perSecond));
  return { ...limit, perSecond, refusedAt: from, cutAt: now, dueAt: Math.max(limit.dueAt, now) };
}

/** Until when it is worth remembering. */
export const rememberedUntil = (limit: Limit, now: number): number =>
  limit.limitedAt === null ? Math.max(limit.dueAt, now) + 2_000 : Math.max(limit.pausedUntil, now) + rememberedMs;

/** For a process that cannot hear what the others learn: slow enough that all of them together do no harm. */
export const cautious = (limit: Limit, now: number): Limit => ({
  ...limit,
  perSecond: Math.min(limit.perSecond, 2),
  burst: 1,
  limitedAt: limit.limitedAt ?? now,
});
