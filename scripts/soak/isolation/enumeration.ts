// E1: how long an answer takes tells nobody whether an address is known: at sign-in, for a new password, in an invitation.
import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import { systemContext } from "../../../server/context";
import { generateKey } from "../../../server/core/crypto/fernet";
import { createVault } from "../../../server/core/crypto/vault";
import type { Database } from "../../../server/core/db/connect";
import { createLog } from "../../../server/core/log";
import { type IdentitySource, identitySource, insertPerson, insertUser, signIn } from "../../../server/identity";
import { hashPassword } from "../../../server/identity/password";
import { askForReset } from "../../../server/identity/reset-password";
import { inviteMember } from "../../../server/workspace/invite-member";
import { aSource } from "../../../tests/support/ctx";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { IsolationRig } from "./rig";

/** How far from a coin's toss the best guess by time may be: 0.05, or what chance alone does with few samples. */
const allowed = (samples: number): number => Math.max(0.05, 4 * Math.sqrt((2 * samples + 1) / (12 * samples ** 2)));

export async function enumeration(soak: IsolationRig, { short }: SoakOptions): Promise<Outcome> {
  const samples = short ? 120 : 1000;
  const log = createLog("silent");
  const vault = createVault({ keys: [generateKey()] });
  const source = identitySource({
    database: soak.db,
    clock: () => new Date(),
    log,
    publicUrl: "https://tidemark.example.com",
    vault,
    mailRoute: "outbox",
  });
  const services = { vault, publicUrl: source.publicUrl, mailRoute: source.mailRoute, attempts: source.attempts };
  const inviter = systemContext(aSource(soak.db, { clock: source.clock, services, log }), {
    agencyId: soak.home.agencyId,
    job: "enumeration",
  });
  const ways: Record<string, (email: string) => Promise<unknown>> = {
    "sign-in": (email) => signIn(source, { email, password: "not this one" }, aVisitor()).catch(() => {}),
    "new password": (email) => askForReset(source, { email }, aVisitor()),
    // Known to another agency: here nobody may learn of that.
    invitation: (email) => inviteMember(inviter, { email, name: "Somebody", role: "analyst", brandIds: null }),
  };
  const found: Record<string, number> = {};
  for (const [way, ask] of Object.entries(ways)) {
    const known = await people(source, soak.foreign.agencyId, samples);
    found[way] = await aucOf({ db: soak.db, known, ask });
  }
  const words = Object.entries(found).map(([way, auc]) => `${way} ${auc.toFixed(3)}`);
  return check(
    `AUC ${words.join(", ")} over ${samples} + ${samples} each`,
    Object.fromEntries(
      Object.entries(found).map(([way, auc]) => [
        `${way} within ${allowed(samples)}`,
        Math.abs(auc - 0.5) <= allowed(samples),
      ]),
    ),
  );
}

const aVisitor = () => ({
  ip: `2001:db8:${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}::1`,
  userAgent: null,
  requestId: randomUUID(),
  cookie: null,
});

const anAddress = () => `${randomUUID()}@enumeration.example`;

/** One hash for all: it is compared, not made, when they sign in. */
async function people({ database, clock }: IdentitySource, agencyId: string, count: number): Promise<string[]> {
  const passwordHash = await hashPassword("the right one");
  const emails = Array.from({ length: count }, anAddress);
  for (const email of emails) {
    await database.withAgency(agencyId, async (inner) => {
      const scope = { ...inner, agencyId, now: clock };
      const personId = await insertPerson(scope, { email, passwordHash });
      await insertUser(scope, { email, name: "Somebody", personId });
    });
  }
  return emails;
}

interface Asking {
  db: Database;
  known: string[];
  ask(email: string): Promise<unknown>;
}

/** The chance that the slower of two answers, one of each kind, is the known one's. */
async function aucOf({ db, known, ask }: Asking): Promise<number> {
  const order = known.flatMap((email) => {
    const pair = [
      { email, isKnown: true },
      { email: anAddress(), isKnown: false },
    ];
    return Math.random() < 0.5 ? pair : pair.reverse();
  });
  await ask(anAddress());
  const times: { ms: number; isKnown: boolean }[] = [];
  for (const [at, { email, isKnown }] of order.entries()) {
    // The limits on attempts are not what is measured.
    if (at % 50 === 0) await db.pool`delete from rate_limits`;
    const begun = performance.now();
    const answer = await ask(email);
    times.push({ ms: performance.now() - begun, isKnown });
    // What goes on after the answer must not slow the next one down.
    if (typeof answer === "object" && answer && "sending" in answer) await answer.sending;
  }
  const sorted = times.toSorted((a, b) => a.ms - b.ms);
  const ranks = sorted.reduce((sum, { isKnown }, index) => sum + (isKnown ? index + 1 : 0), 0);
  return (ranks - (known.length * (known.length + 1)) / 2) / known.length ** 2;
}
