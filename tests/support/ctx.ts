// A ctx for tests: own agency each, settable clock, any role.
import { randomUUID } from "node:crypto";
import { type ContextSource, makeContext, systemContext } from "../../server/context";
import { openCache } from "../../server/core/cache";
import type { Clock } from "../../server/core/clock";
import type { Actor, Ctx, Services } from "../../server/core/context";
import { generateKey } from "../../server/core/crypto/fernet";
import { createVault } from "../../server/core/crypto/vault";
import type { Database } from "../../server/core/db/connect";
import type { Job } from "../../server/core/jobs/define";
import { createLog, type Log } from "../../server/core/log";
import type { Membership } from "../../server/workspace/permissions";
import { agencies, brands } from "../../server/workspace/tables";

/** A clock that stands still until it is moved. */
export interface TestClock extends Clock {
  set(moment: Date | string): void;
  advance(by: { seconds?: number; minutes?: number; hours?: number; days?: number }): void;
}

export function aClock(start: Date | string = "2026-11-20T12:00:00Z"): TestClock {
  let now = new Date(start).getTime();
  return Object.assign(() => new Date(now), {
    set: (moment: Date | string) => {
      now = new Date(moment).getTime();
    },
    advance: ({ seconds = 0, minutes = 0, hours = 0, days = 0 }) => {
      now += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
    },
  });
}

/** The next afternoon in New York: a day that has just begun there has hardly a number. */
export function nextAfternoon(): Date {
  const [dayMs, afternoonMs] = [86_400_000, 20 * 3_600_000];
  return new Date(Math.ceil((Date.now() - afternoonMs) / dayMs) * dayMs + afternoonMs);
}

export interface SourceOverrides {
  clock?: Clock;
  services?: Partial<Services>;
  jobs?: readonly Job[];
  log?: Log;
}

const testVault = createVault({ keys: [generateKey()] });
const testCache = await openCache({ log: createLog("silent") });

export const aSource = (database: Database, overrides: SourceOverrides = {}): ContextSource => ({
  database,
  services: { vault: testVault, cache: testCache, ...overrides.services } as Services,
  clock: overrides.clock ?? aClock(),
  log: overrides.log ?? createLog("silent"),
  jobs: overrides.jobs ?? [],
});

/** A new, empty agency. @returns its id */
export async function anAgency(database: Database, name = "Test agency"): Promise<string> {
  const id = randomUUID();
  await database.withAgency(id, ({ db }) => db.insert(agencies).values({ id, name }));
  return id;
}

/** @returns the brand's id */
export async function aBrand(
  database: Database,
  agencyId: string,
  name = `Brand ${randomUUID().slice(0, 8)}`,
): Promise<string> {
  const id = randomUUID();
  await database.withAgency(agencyId, ({ db }) => db.insert(brands).values({ agencyId, id, name }));
  return id;
}

/** A ctx as the system itself (no memberships) or as a person with the memberships given. */
export function aCtx(
  source: ContextSource,
  agencyId: string,
  options: { memberships?: readonly Membership[]; userId?: string; sessionId?: string } = {},
): Ctx {
  if (!options.memberships) return systemContext(source, { agencyId, job: "test" });
  const actor: Actor = {
    kind: "user",
    userId: options.userId ?? randomUUID(),
    name: "Test person",
    sessionId: options.sessionId ?? "test-session",
  };
  return makeContext(source, { agencyId, actor, memberships: options.memberships });
}

export const asOwner: readonly Membership[] = [{ brandId: null, role: "owner" }];
