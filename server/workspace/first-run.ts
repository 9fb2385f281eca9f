// How an agency and its first owner come to be: by an operator, or by whoever first opens a new installation.
import { randomUUID } from "node:crypto";
import { type AuditSource, appendAudit } from "../audit";
import { parseInput } from "../core/command";
import type { Actor } from "../core/context";
import { AppError, notFound } from "../core/errors";
import {
  type IdentitySource,
  inAgency,
  insertPerson,
  insertUser,
  openSession,
  prepareNewPassword,
  type TenantScope,
  type User,
  type Visitor,
} from "../identity";
import { anyAgency, insertAgency, tryLockFirstRun } from "./agency-store";
import { NewOwner } from "./contract";
import { insertMemberships } from "./member-store";

type Source = Pick<IdentitySource, "database" | "clock">;

/** Is there no agency yet? Only then the first-run page exists. */
export const isFirstRun = (source: Source): Promise<boolean> =>
  source.database.withSystem(async (scope) => !(await anyAgency(scope)));

/** For operators and seeds: as often as wanted. @throws {AppError} invalid (password, address in use) */
export async function createAgencyWithOwner(
  source: Source,
  input: NewOwner,
): Promise<{ agencyId: string; userId: string }> {
  const { passwordHash, ...owner } = await prepare(input);
  const actor: Actor = { kind: "system", job: "user:create" };
  return inAgency(source, randomUUID(), async (scope) => {
    const user = await found(scope, { ...owner, passwordHash });
    await record({ ...scope, actor, requestId: randomUUID() }, scope, { user, agencyName: owner.agencyName });
    return { agencyId: scope.agencyId, userId: user.id };
  });
}

/**
 * For the first-run page: works once in the life of an installation, however many try at the same moment.
 * @returns the Set-Cookie header of the owner's session
 * @throws {AppError} not_found (an agency exists); conflict (somebody is at it now); invalid; limit
 */
export async function createFirstAgency(
  source: IdentitySource,
  input: NewOwner,
  visitor: Visitor,
): Promise<{ setCookie: string }> {
  if (!(await isFirstRun(source))) throw notFound("This page");
  await source.attempts.begin({ ip: visitor.ip });
  const { passwordHash, ...owner } = await prepare(input);
  return source.database.withSystem(async (system) => {
    if (!(await tryLockFirstRun(system))) {
      throw new AppError("conflict", "Somebody else is setting this installation up at this moment.");
    }
    if (await anyAgency(system)) throw notFound("This page");
    return inAgency(source, randomUUID(), async (scope) => {
      const user = await found(scope, { ...owner, passwordHash });
      const actor: Actor = { kind: "user", userId: user.id, name: user.name, sessionId: "" };
      await record({ ...scope, actor, requestId: visitor.requestId, origin: visitor }, scope, {
        user,
        agencyName: owner.agencyName,
      });
      return { setCookie: await openSession(source, scope, { user, visitor }) };
    });
  });
}

async function prepare(input: NewOwner) {
  const { agencyName, name, email, password } = parseInput(NewOwner, input);
  return { agencyName, name, email, passwordHash: await prepareNewPassword(password, [agencyName, name, email]) };
}

async function found(
  scope: TenantScope,
  { agencyName, ...person }: { agencyName: string; name: string; email: string; passwordHash: string },
): Promise<User> {
  await insertAgency(scope, agencyName);
  const personId = await insertPerson(scope, person);
  const user = await insertUser(scope, { email: person.email, name: person.name, personId });
  const grant = { brandId: null, role: "owner", roleId: null, expiresAt: null } as const;
  await insertMemberships(scope, { userId: user.id, grantedBy: null }, [grant]);
  return user;
}

async function record(
  source: AuditSource,
  scope: TenantScope,
  { user, agencyName }: { user: User; agencyName: string },
): Promise<void> {
  await appendAudit(source, scope.db, {
    action: "agency.created",
    target: { type: "agency", id: scope.agencyId, label: agencyName },
    after: { name: agencyName, owner: user.name },
  });
}
