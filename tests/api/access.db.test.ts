// Who may ask what: generated from the resource list, so that a new resource or command is covered, or fails here for want of a sample.
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { catalogue } from "../../server/api/catalogue";
import { makeContext } from "../../server/context";
import { allCommands } from "../../server/core/command";
import type { Ctx } from "../../server/core/context";
import { generateKey } from "../../server/core/crypto/fernet";
import { createVault } from "../../server/core/crypto/vault";
import { createOutgoing } from "../../server/core/outgoing/outgoing";
import { Role } from "../../server/workspace/contract";
import { neverForKeys } from "../../server/workspace/key-contract";
import { type Membership, mayDo } from "../../server/workspace/permissions";
import { callApi } from "../support/api-call";
import { aBrand, aCtx, anAgency, aSource, asOwner } from "../support/ctx";
import { testDatabase } from "../support/database";
import { policy } from "./policy";
import { type Call as ApiCall, calls as apiCalls } from "./routes";
import { aWorld, bodies, type Records } from "./samples";

const { db } = testDatabase();
const source = aSource(db, {
  services: {
    vault: createVault({ keys: [generateKey()] }),
    publicUrl: "https://tidemark.example.com",
    checkpointFolder: "there/is/none",
    catalogue,
    outgoing: createOutgoing({ privateHosts: [] }),
  },
});

type Call = ApiCall & { name: string };

const calls: Call[] = apiCalls.map((call) => ({ ...call, name: call.command?.spec.name ?? call.path }));

async function send(ctx: Ctx | null, call: Call, records: Records): Promise<{ status: number; text: string }> {
  const id = records[call.resource];
  if (id === undefined) throw new Error(`tests/api/samples.ts has no record of ${call.resource}`);
  const body = call.command ? bodies[call.name]?.(records) : undefined;
  if (call.command && !body) throw new Error(`tests/api/samples.ts has no body for ${call.name}`);
  const path = call.path.replace(":id", encodeURIComponent(id));
  const { status, text } = await callApi(ctx, path, body, call.method);
  return { status, text };
}

const word = () => `canary${randomUUID().replaceAll("-", "").slice(0, 12)}`;

async function aTenant() {
  const agencyId = await anAgency(db);
  const canary = word();
  const records = await aWorld(db, agencyId, canary);
  const as = (memberships: readonly Membership[]) =>
    aCtx(source, agencyId, { memberships, userId: records.userId, sessionId: records.sessions });
  return { agencyId, canary, records, as };
}

/** Every row of one agency, as text. */
async function everything(agencyId: string): Promise<string> {
  return db.withAgency(agencyId, async ({ sql }) => {
    const tables = await sql<{ name: string }[]>`select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'agency_id' and table_name not like 'facts_%' order by 1`;
    const parts: string[] = [];
    for (const { name } of tables) {
      const rows = await sql`select to_jsonb(t) as row from ${sql(name)} t
        where agency_id = ${agencyId} order by to_jsonb(t)::text`;
      parts.push(`${name}: ${JSON.stringify(rows)}`);
    }
    return parts.join("\n");
  });
}

/** What is refused changes nothing, which each test sees for itself: one agency will do for all of them. */
function once() {
  let tenant: ReturnType<typeof make> | undefined;
  const make = async () => {
    const made = await aTenant();
    const elsewhere = await aBrand(db, made.agencyId);
    return { ...made, elsewhere, before: await everything(made.agencyId) };
  };
  return () => {
    tenant ??= make();
    return tenant;
  };
}

const [refusing, strange, ofBrands] = [once(), once(), once()];

test.each(calls)("$method $path refuses those who are not signed in", async (call) => {
  const { records } = await refusing();
  expect((await send(null, call, records)).status).toBe(401);
});

test.each(calls)("$method $path is refused to every role without $permission", async (call) => {
  const { records, as, agencyId, before } = await refusing();
  for (const role of Role.options) {
    const memberships = [{ brandId: null, role }];
    if (mayDo(memberships, call.permission)) continue;
    expect([role, (await send(as(memberships), call, records)).status]).toEqual([role, 403]);
  }
  expect(await everything(agencyId)).toBe(before);
});

test.each(calls)("$method $path shows and changes nothing of another agency", async (call) => {
  const [victim, stranger] = [await refusing(), await strange()];
  const records: Records = { ...victim.records, profile: "me" };
  const answer = await send(stranger.as(asOwner), call, records);
  expect(answer.text).not.toContain(victim.canary);
  expect(await everything(victim.agencyId)).toBe(victim.before);
  if (!call.path.includes(":id") || records[call.resource] === "me" || policy[call.route]?.shared) return;
  // Another's record answers as one that never was.
  const madeUp = { ...victim.records, [call.resource]: randomUUID() };
  expect(answer.status).toBe(404);
  expect(answer).toEqual(await send(stranger.as(asOwner), call, madeUp));
});

/** Not of a brand: who may see one of these sees the agency's, or their own. */
const agencyWide = [
  "amc-policies",
  "amc-template-versions",
  "amc-templates",
  "api-keys",
  "audit-checkpoints",
  "audit-events",
  "audit-retention",
  "access-answers",
  "belongings",
  "connection-events",
  "connections",
  "consents",
  "currency-pairs",
  "currency-rates",
  "custom-metrics",
  "exports",
  "custom-actions",
  "custom-pages",
  "invitations",
  "member-roles",
  "members",
  "messages",
  "metrics",
  "notification-preferences",
  "passkeys",
  "places",
  "profile",
  "saved-views",
  "roles",
  "sessions",
  "sign-in-rules",
];
/** Without the names of the agency's metrics, which head columns of every file of numbers. */
const ofTheBrand = (text: string, canary: string): string => text.replaceAll(`${canary} metric`, "");

test.each(calls.filter(({ resource, route }) => !agencyWide.includes(resource) && !policy[route]?.shared))(
  "$method $path shows and changes nothing of a brand one has no role for",
  async (call) => {
    // Who may export something leaves word of it.
    const isExport = call.path.endsWith("/export");
    const { records, as, agencyId, canary, elsewhere, before } = await (isExport ? once()() : ofBrands());
    const answer = await send(as([{ brandId: elsewhere, role: "ops" }]), call, records);
    expect(ofTheBrand(answer.text, canary)).not.toContain(canary);
    if (!isExport) expect(await everything(agencyId)).toBe(before);
    if (call.path.includes(":id")) expect([403, 404]).toContain(answer.status);
  },
);

/** Who may export something leaves word of it, and the receipt of the file. */
const beyondTheLog = (rows: string): string =>
  rows
    .split("\n")
    .filter((table) => !table.startsWith("audit_"))
    .map((table) => (table.startsWith("exports: ") ? withoutReceipts(table.slice("exports: ".length)) : table))
    .join("\n");

const withoutReceipts = (exports: string): string =>
  JSON.stringify(
    (JSON.parse(exports) as { row: { sha256: string | null } }[]).filter(({ row }) => row.sha256 === null),
  );

test("a key reaches no brand it was not made for, and nothing of a person's own, whatever is called with it", async () => {
  const { records, agencyId, canary } = await aTenant();
  const elsewhere = await aBrand(db, agencyId);
  const actor = { kind: "key" as const, keyId: randomUUID(), name: "Key", userId: records.userId };
  const bounds = { permissions: [...new Set(calls.map(({ permission }) => permission))], brandIds: [elsewhere] };
  const ctx = makeContext(source, { agencyId, actor, memberships: asOwner, bounds });
  const before = beyondTheLog(await everything(agencyId));
  const personal = calls.filter(({ permission }) => neverForKeys.includes(permission));
  expect(personal.length).toBeGreaterThan(10);
  const none = makeContext(source, {
    agencyId,
    actor,
    memberships: asOwner,
    bounds: { permissions: [], brandIds: null },
  });
  for (const call of calls) {
    expect([call.route, (await send(none, call, records)).status]).toEqual([call.route, 403]);
    if (agencyWide.includes(call.resource) || policy[call.route]?.shared) continue;
    const answer = await send(ctx, call, records);
    expect([call.route, ofTheBrand(answer.text, canary).includes(canary)]).toEqual([call.route, false]);
    if (call.path.includes(":id")) expect([403, 404]).toContain(answer.status);
  }
  expect(beyondTheLog(await everything(agencyId))).toBe(before);
});

const isOfMany = (name: string) => /\.(bulk|change|import)$/.test(name);

test("every command, offered by the API or not, has a name of its own and a permission that some role has", () => {
  const commands = allCommands();
  expect(commands.length).toBeGreaterThanOrEqual(
    calls.filter(({ command, name }) => command && !isOfMany(name)).length,
  );
  const names = commands.map((command) => command.spec.name);
  expect(new Set(names).size).toBe(names.length);
  for (const { spec } of commands) {
    expect(spec.name).toMatch(/^[a-z-]+\.[a-z-]+$/);
    expect([spec.name, mayDo(asOwner, spec.permission)]).toEqual([spec.name, true]);
  }
});
