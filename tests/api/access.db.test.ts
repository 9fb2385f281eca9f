// Who may ask what: generated from the resource list, so that a new resource or command is covered, or fails here for want of a sample.
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { handleApi } from "../../server/api/handle";
import { resources } from "../../server/api/resources";
import { allCommands, type Command } from "../../server/core/command";
import type { Ctx, Permission } from "../../server/core/context";
import { generateKey } from "../../server/core/crypto/fernet";
import { createVault } from "../../server/core/crypto/vault";
import { createLog } from "../../server/core/log";
import { Role } from "../../server/workspace/contract";
import { type Membership, mayDo } from "../../server/workspace/permissions";
import { aBrand, aCtx, anAgency, aSource, asOwner } from "../support/ctx";
import { testDatabase } from "../support/database";
import { aWorld, bodies, type Records } from "./samples";

const { db } = testDatabase();
const source = aSource(db, {
  services: { vault: createVault({ keys: [generateKey()] }), publicUrl: "https://tidemark.example.com" },
});

interface Call {
  name: string;
  method: string;
  permission: Permission;
  command: Command | null;
  /** The record's id goes into the address, in place of `:id`. */
  path: string;
  resource: string;
}

const calls: Call[] = resources.flatMap((resource) => {
  const { name } = resource;
  const write = (method: string, path: string, command?: Command) =>
    command
      ? [{ name: command.spec.name, method, path, command, permission: command.spec.permission, resource: name }]
      : [];
  const read = (path: string, permission?: Permission) =>
    permission ? [{ name: path, method: "GET", path, command: null, permission, resource: name }] : [];
  return [
    ...read(name, resource.list?.permission),
    ...read(`${name}/:id`, resource.get?.permission),
    ...write("POST", name, resource.create),
    ...write("PATCH", `${name}/:id`, resource.update),
    ...write("DELETE", `${name}/:id`, resource.remove),
    ...Object.entries(resource.actions ?? {}).flatMap(([action, command]) =>
      write("POST", `${name}/:id/${action}`, command),
    ),
    ...Object.entries(resource.collectionActions ?? {}).flatMap(([action, command]) =>
      write("POST", `${name}/${action}`, command),
    ),
  ];
});

async function send(ctx: Ctx | null, call: Call, records: Records): Promise<{ status: number; text: string }> {
  const id = records[call.resource];
  if (id === undefined) throw new Error(`tests/api/samples.ts has no record of ${call.resource}`);
  const body = call.command ? bodies[call.name]?.(records) : undefined;
  if (call.command && !body) throw new Error(`tests/api/samples.ts has no body for ${call.name}`);
  const path = call.path.replace(":id", encodeURIComponent(id));
  const request = new Request(`https://tidemark.example.com/api/v1/${path}`, {
    method: call.method,
    ...(body ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {}),
  });
  const api = {
    log: createLog("silent"),
    publicUrl: "https://tidemark.example.com",
    requestId: "same",
    identify: async () => ctx,
  };
  const response = await handleApi(api, request, path);
  return { status: response.status, text: await response.text() };
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

test.each(calls)("$method $path refuses those who are not signed in", async (call) => {
  const { records } = await aTenant();
  expect((await send(null, call, records)).status).toBe(401);
});

test.each(calls)("$method $path is refused to every role without $permission", async (call) => {
  const { records, as, agencyId } = await aTenant();
  const before = await everything(agencyId);
  for (const role of Role.options) {
    const memberships = [{ brandId: null, role }];
    if (mayDo(memberships, call.permission)) continue;
    expect([role, (await send(as(memberships), call, records)).status]).toEqual([role, 403]);
  }
  expect(await everything(agencyId)).toBe(before);
});

test.each(calls)("$method $path shows and changes nothing of another agency", async (call) => {
  const [victim, stranger] = [await aTenant(), await aTenant()];
  const before = await everything(victim.agencyId);
  const records: Records = { ...victim.records, profile: "me" };
  const answer = await send(stranger.as(asOwner), call, records);
  expect(answer.text).not.toContain(victim.canary);
  expect(await everything(victim.agencyId)).toBe(before);
  if (!call.path.includes(":id") || records[call.resource] === "me") return;
  // Another's record answers as one that never was.
  const madeUp = { ...victim.records, [call.resource]: randomUUID() };
  expect(answer.status).toBe(404);
  expect(answer).toEqual(await send(stranger.as(asOwner), call, madeUp));
});

/** Not of a brand: who may see one of these sees the agency's, or their own. */
const agencyWide = [
  "audit-events",
  "connection-events",
  "connections",
  "consents",
  "invitations",
  "members",
  "messages",
  "notification-preferences",
  "profile",
  "sessions",
];
test.each(calls.filter((call) => !agencyWide.includes(call.resource)))(
  "$method $path shows and changes nothing of a brand one has no role for",
  async (call) => {
    const { records, as, agencyId, canary } = await aTenant();
    const elsewhere = await aBrand(db, agencyId);
    const before = await everything(agencyId);
    const answer = await send(as([{ brandId: elsewhere, role: "ops" }]), call, records);
    expect(answer.text).not.toContain(canary);
    expect(await everything(agencyId)).toBe(before);
    if (call.path.includes(":id")) expect([403, 404]).toContain(answer.status);
  },
);

test("every command, offered by the API or not, has a name of its own and a permission that some role has", () => {
  const commands = allCommands();
  expect(commands.length).toBeGreaterThanOrEqual(calls.filter((call) => call.command).length);
  const names = commands.map((command) => command.spec.name);
  expect(new Set(names).size).toBe(names.length);
  for (const { spec } of commands) {
    expect(spec.name).toMatch(/^[a-z-]+\.[a-z-]+$/);
    expect([spec.name, mayDo(asOwner, spec.permission)]).toEqual([spec.name, true]);
  }
});
