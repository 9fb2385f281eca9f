// People who can sign in, for tests.
import { randomInt, randomUUID } from "node:crypto";
import { listAuditEvents } from "../../server/audit";
import { makeContext } from "../../server/context";
import type { Clock } from "../../server/core/clock";
import type { Ctx } from "../../server/core/context";
import { generateKey } from "../../server/core/crypto/fernet";
import { createVault } from "../../server/core/crypto/vault";
import type { Database } from "../../server/core/db/connect";
import { createLog } from "../../server/core/log";
import { wholeList } from "../../server/core/query";
import { type IdentitySource, identitySource, signIn, type Visitor, withSession } from "../../server/identity";
import { createAgencyWithOwner, createUser, loadViewer } from "../../server/workspace";
import type { Role } from "../../server/workspace/contract";
import { aClock, aCtx, aSource } from "./ctx";

export const password = "seven tall giraffes";

const vault = createVault({ keys: [generateKey()] });
const publicUrl = "http://localhost:3000";

/** Its mails stay in the outbox. */
export const anIdentity = (database: Database, clock: Clock = aClock()): IdentitySource =>
  identitySource({ database, clock, log: createLog("silent"), publicUrl, vault, mailRoute: "outbox" });

/** Each from a place of its own, so that tests do not use up each other's attempts. */
export const aVisitor = (overrides: Partial<Visitor> = {}): Visitor => ({
  ip: `2001:db8:${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}::1`,
  userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0 Safari/537.36",
  requestId: randomUUID(),
  cookie: null,
  ...overrides,
});

/** Digits only: a word in an address may not be in its person's password. */
export const anEmail = (who = "person"): string => `${who}-${randomInt(1e12)}@agency.test`;

export async function anAgencyWithOwner(identity: IdentitySource, name = "Olive Owner") {
  const email = anEmail("owner");
  const made = await createAgencyWithOwner(identity, { agencyName: "North agency", name, email, password });
  return { ...made, email };
}

/** A person with a role for all brands. */
export async function aPerson(identity: IdentitySource, agencyId: string, role: Role) {
  const email = anEmail(role);
  const system = aCtx(aSource(identity.database, { clock: identity.clock }), agencyId);
  const { userId } = await createUser(system, { name: `Test ${role}`, email, password, role });
  return { userId, email };
}

/** What the browser sends back after this Set-Cookie. */
export const cookieOf = (setCookie: string): string => setCookie.split(";")[0] ?? "";

/** Signs in, and returns the ctx a request with that cookie runs with. */
export async function signedIn(identity: IdentitySource, email: string): Promise<{ ctx: Ctx; cookie: string }> {
  const { setCookie } = await signIn(identity, { email, password }, aVisitor());
  const cookie = cookieOf(setCookie);
  return { ctx: await ctxOf(identity, cookie), cookie };
}

export async function ctxOf(identity: IdentitySource, cookie: string): Promise<Ctx> {
  const loaded = await withSession(identity, cookie, (scope, session) =>
    loadViewer(scope, session, { environment: "sandbox", outbox: true }, { brands: "named" }),
  );
  if (!loaded) throw new Error("nobody is signed in with this cookie");
  const { attempts, mailRoute } = identity;
  const services = { attempts, publicUrl, vault: identity.vault, mailRoute };
  return makeContext(aSource(identity.database, { clock: identity.clock, services }), loaded.ctxOptions);
}

/** Actions in the audit log, oldest first. */
export async function auditedActions(ctx: Ctx): Promise<string[]> {
  const { items } = await ctx.tx((tx) => listAuditEvents(tx, wholeList()));
  return items.map((event) => event.action).reverse();
}
