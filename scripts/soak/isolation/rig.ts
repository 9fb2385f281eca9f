// Two agencies on one built server: every role, for one brand and for another, and a word in each record that nobody else may ever see.

import { type ChildProcess, spawn } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ne } from "drizzle-orm";
import { type Database, openDatabase } from "../../../server/core/db/connect";
import { migrateDatabase } from "../../../server/core/db/migrate";
import { createLog } from "../../../server/core/log";
import { projectRoot } from "../../../server/core/project-root";
import { sessions, users } from "../../../server/identity/tables";
import { customPages } from "../../../server/pages/tables";
import { Role } from "../../../server/workspace/contract";
import { neverForKeys } from "../../../server/workspace/key-contract";
import { keyDigest, keyStart, makeKey } from "../../../server/workspace/key-secret";
import { rolePermissions } from "../../../server/workspace/permissions";
import { agencies, apiKeys, brands, keyDirectory, memberships } from "../../../server/workspace/tables";
import { aWorld, type Records } from "../../../tests/api/samples";
import { isReady, type Rig, startRig } from "../../rig";

export interface Answer {
  status: number;
  text: string;
  headers: Headers;
}

/** Somebody with a session, or nobody. */
export interface Actor {
  name: string;
  /** Null: nobody is signed in. */
  cookie: string | null;
  /** A program of this person calls, with a key for everything they may. */
  key?: string;
  userId: string;
  sessionId: string;
  role: Role | null;
  /** Holds the role for all brands. */
  everywhere: boolean;
  /** Holds it for the brand whose records are asked for, or for another. */
  at: "here" | "elsewhere";
  suspended: boolean;
}

export interface Tenant {
  agencyId: string;
  /** In every record of this agency, in nobody else's answers. */
  word: string;
  records: Records;
  actors: Actor[];
}

export interface IsolationRig {
  rig: Rig;
  ownerUrl: string;
  appUrl: string;
  db: Database;
  home: Tenant;
  foreign: Tenant;
  canaries: { hits: string[]; read: number };
  /** A new record of everything, in a brand of its own that the actors "here" have their roles for. */
  newWorld(tenant: Tenant): Promise<Records>;
  ask(actor: Actor, method: string, path: string, body?: object): Promise<Answer>;
  close(): Promise<void>;
}

const scoped: readonly Role[] = Role.options.filter((role) => role !== "owner" && role !== "admin");

export async function startIsolationRig(): Promise<IsolationRig> {
  const rig = await startRig({ brands: 1, campaigns: 1 });
  const { appUrl } = await migrateDatabase({ ownerUrl: rig.databaseUrl, log: createLog("silent") });
  const db = openDatabase(appUrl, { poolSize: 5 });
  const canaries: IsolationRig["canaries"] = { hits: [], read: 0 };
  // First the server: it refuses to start before tokens that it cannot open, and those of these worlds are no tokens.
  const tenants: Tenant[] = [];
  const server = await startServer(rig, (line) => readLog(canaries, tenants, line));
  const [home, foreign] = [await newTenant(db), await newTenant(db)];
  tenants.push(home, foreign);
  return {
    rig,
    ownerUrl: rig.databaseUrl,
    appUrl,
    db,
    home,
    foreign,
    canaries,
    newWorld: (tenant) => newWorld(db, tenant),
    async ask(actor, method, path, body) {
      const answer = await ask(rig.url, actor, { method, path, body });
      canaries.read++;
      if (answer.text.includes(foreign.word)) canaries.hits.push(`${actor.name}: ${method} ${path}`);
      return answer;
    },
    async close() {
      server.kill("SIGKILL");
      await db.close();
      await rig.close();
    },
  };
}

/** A line of the log that names an agency may hold nothing of another. */
function readLog(canaries: IsolationRig["canaries"], tenants: Tenant[], line: string): void {
  canaries.read++;
  const of = tenants.find(({ agencyId }) => line.includes(agencyId));
  const foreign = of && tenants.some((tenant) => tenant !== of && line.includes(tenant.word));
  if (foreign) canaries.hits.push(`log: ${line.slice(0, 200)}`);
}

async function startServer(rig: Rig, onLine: (line: string) => void): Promise<ChildProcess> {
  const env = { ...rig.serverEnv(), PROCESS_ROLE: "web", LOG_LEVEL: "debug" };
  const child = spawn(process.execPath, ["--enable-source-maps", "build/index.js"], {
    cwd: projectRoot(),
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let rest = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString("utf8")).split("\n");
    rest = lines.pop() ?? "";
    lines.forEach(onLine);
  });
  while (!(await isReady(rig.url))) {
    if (child.exitCode !== null) throw new Error("the server ended before it was ready");
    await sleep(50);
  }
  return child;
}

async function newTenant(db: Database): Promise<Tenant> {
  const agencyId = randomUUID();
  const word = `canary${randomBytes(6).toString("hex")}`;
  await db.withAgency(agencyId, (scope) => scope.db.insert(agencies).values({ id: agencyId, name: `${word} agency` }));
  const nobody = { cookie: null, userId: "", sessionId: "", at: "here", everywhere: false, suspended: false } as const;
  const tenant: Tenant = { agencyId, word, records: {}, actors: [{ ...nobody, name: "anonymous", role: null }] };
  const elsewhere = randomUUID();
  await db.withAgency(agencyId, (scope) =>
    scope.db.insert(brands).values({ agencyId, id: elsewhere, name: `${word} elsewhere` }),
  );
  for (const role of Role.options) {
    tenant.actors.push(await newActor(db, tenant, { name: role, role, at: "here" }));
  }
  for (const role of scoped) {
    const actor = await newActor(db, tenant, { name: `${role} elsewhere`, role, at: "elsewhere" });
    tenant.actors.push(actor);
    await giveRole(db, tenant, actor, elsewhere);
  }
  tenant.actors.push(await newActor(db, tenant, { name: "suspended", role: "owner", at: "here", suspended: true }));
  for (const actor of tenant.actors) {
    if (actor.everywhere) await giveRole(db, tenant, actor, null);
  }
  for (const name of ["owner", "ops"]) {
    const person = tenant.actors.find((actor) => actor.name === name);
    if (person) tenant.actors.push(await newKey(db, tenant, person));
  }
  tenant.records = await newWorld(db, tenant);
  return tenant;
}

type NewActor = Pick<Actor, "name" | "role" | "at"> & { suspended?: boolean };

async function newActor(db: Database, { agencyId, word }: Tenant, actor: NewActor): Promise<Actor> {
  const [userId, token] = [randomUUID(), randomBytes(32).toString("base64url")];
  const sessionId = createHash("sha256").update(token).digest("hex");
  await db.withAgency(agencyId, async (scope) => {
    await scope.db.insert(users).values({
      agencyId,
      id: userId,
      personId: userId,
      email: `${userId}@${word}.example`,
      name: `${word} ${actor.name}`,
      state: actor.suspended ? "suspended" : "active",
    });
    await scope.db
      .insert(sessions)
      .values({ agencyId, id: sessionId, userId, expiresAt: new Date(Date.now() + 12 * 3_600_000) });
  });
  const everywhere = actor.role !== null && !scoped.includes(actor.role);
  return { suspended: false, everywhere, ...actor, userId, sessionId, cookie: `tidemark_session=${agencyId}.${token}` };
}

async function newKey(db: Database, { agencyId, word }: Tenant, person: Actor): Promise<Actor> {
  const [key, keyId] = [makeKey(), randomUUID()];
  const permissions = (person.role ? rolePermissions[person.role] : []).filter((one) => !neverForKeys.includes(one));
  await db.withAgency(agencyId, async (scope) => {
    await scope.db.insert(apiKeys).values({
      agencyId,
      id: keyId,
      name: `${word} key`,
      start: keyStart(key),
      digest: keyDigest(key),
      userId: person.userId,
      permissions: [...permissions],
      createdAt: new Date(),
      expiresAt: new Date(Date.now() + 12 * 3_600_000),
    });
    await scope.db.insert(keyDirectory).values({ digest: keyDigest(key), agencyId, keyId });
  });
  return { ...person, name: `key of ${person.name}`, key };
}

async function giveRole(db: Database, { agencyId }: Tenant, actor: Actor, brandId: string | null): Promise<void> {
  const { role, userId } = actor;
  if (!role || actor.key) return;
  await db.withAgency(agencyId, (scope) => scope.db.insert(memberships).values({ agencyId, userId, brandId, role }));
}

async function newWorld(db: Database, tenant: Tenant): Promise<Records> {
  // An agency has 200 pages at most: those of earlier worlds make room.
  const kept = tenant.records?.["custom-pages"];
  if (kept)
    await db.withAgency(tenant.agencyId, (scope) => scope.db.delete(customPages).where(ne(customPages.id, kept)));
  const records = await aWorld(db, tenant.agencyId, `${tenant.word}-${randomBytes(3).toString("hex")}`);
  for (const actor of tenant.actors) {
    if (actor.at === "here" && actor.role && scoped.includes(actor.role)) {
      await giveRole(db, tenant, actor, records.brands ?? null);
    }
  }
  return records;
}

async function ask(
  url: string,
  actor: Actor,
  { method, path, body }: { method: string; path: string; body?: object },
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    redirect: "manual",
    headers: {
      origin: url,
      ...(actor.key ? { authorization: `Bearer ${actor.key}` } : actor.cookie ? { cookie: actor.cookie } : {}),
      ...(body ? { "content-type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}
