import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import {
  anAgencyWithOwner,
  anIdentity,
  auditedActions,
  aVisitor,
  cookieOf,
  ctxOf,
  password,
} from "../../tests/support/people";
import { runJobs } from "../../tests/support/run-jobs";
import { signIn } from "../identity";
import { addDomain, removeDomain } from "./change-domain";
import { recheckDomainJob, recheckDomainsTick } from "./jobs";
import { knownDomains } from "./known-domains";
import { getDomain } from "./list-domains";
import { verifyDomain } from "./verify-domain";

const { db, ownerUrl } = testDatabase();
const publicUrl = "https://tidemark.example.com";

/** A DNS that says what it is told to. */
async function aWorld() {
  const clock = aClock(new Date());
  const records = new Map<string, string[] | { code: string }>();
  const resolveTxt = async (name: string) => {
    const found = records.get(name) ?? { code: "ENOTFOUND" };
    if (!Array.isArray(found)) throw Object.assign(new Error("no answer"), found);
    // Long values come in parts.
    return found.map((value) => [value.slice(0, 9), value.slice(9)]);
  };
  const source = aSource(db, { clock, services: { resolveTxt, publicUrl }, jobs: [recheckDomainJob] });
  const agencyId = await anAgency(db);
  const brandId = await aBrand(db, agencyId, "Acme");
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const host = `reports-${randomUUID().slice(0, 8)}.acme.example`;
  const known = () => knownDomains({ database: db, clock, publicUrl }).find(host);
  const recheck = async () => {
    clock.advance({ hours: 24 });
    await recheckDomainsTick.run(aCtx(source, agencyId));
    return runJobs({ ownerUrl, source, agencyId, jobs: [recheckDomainJob], clock });
  };
  return { clock, records, source, agencyId, brandId, ctx, host, known, recheck };
}

test("a host shows its brand once its record is there, and no longer when the record stays away", async () => {
  const { records, ctx, brandId, agencyId, host, known, recheck } = await aWorld();
  const { record, state } = await addDomain(ctx, { host: ` ${host.toUpperCase()} `, brandId });
  expect([record.name, state]).toEqual([`_tidemark.${host}`, "waiting"]);
  expect(await verifyDomain(ctx, { id: host })).toMatchObject({
    state: "waiting",
    problem: expect.stringContaining("no TXT record"),
  });
  records.set(record.name, ["something else"]);
  expect(await verifyDomain(ctx, { id: host })).toMatchObject({ problem: expect.stringContaining("one other value") });
  expect(await known()).toBeNull();
  records.set(record.name, ["v=spf1 -all", record.value]);
  expect(await verifyDomain(ctx, { id: host })).toMatchObject({ state: "in_force", problem: null });
  expect(await known()).toEqual({ host, agencyId, brandId });
  records.set(record.name, { code: "ESERVFAIL" });
  for (let day = 0; day < 3; day++) expect(await recheck()).toEqual(["workspace.recheck-domain"]);
  expect(await known()).not.toBeNull();
  records.set(record.name, [record.value]);
  await recheck();
  records.delete(record.name);
  await recheck();
  expect(await ctx.tx((tx) => getDomain(tx, host))).toMatchObject({ state: "failing" });
  expect(await known()).not.toBeNull();
  await recheck();
  expect(await known()).toBeNull();
  const actions = await auditedActions(ctx);
  for (const action of ["added", "check_asked", "verified", "lapsed"]) expect(actions).toContain(`domain.${action}`);
  await removeDomain(ctx, { id: host });
  expect(await recheck()).toEqual([]);
});

test("the first who proves a host has it; another agency that claims it too waits behind", async () => {
  const { records, ctx, brandId, agencyId, host, known, source, clock } = await aWorld();
  const otherAgency = await anAgency(db);
  const other = aCtx(source, otherAgency, { memberships: asOwner });
  const mine = await addDomain(ctx, { host, brandId });
  const theirs = await addDomain(other, { host, brandId: await aBrand(db, otherAgency) });
  expect(theirs.record.value).not.toBe(mine.record.value);
  records.set(mine.record.name, [mine.record.value]);
  await verifyDomain(ctx, { id: host });
  expect(await verifyDomain(other, { id: host })).toMatchObject({ state: "waiting" });
  clock.advance({ minutes: 1 });
  records.set(mine.record.name, [mine.record.value, theirs.record.value]);
  await verifyDomain(other, { id: host });
  expect(await known()).toMatchObject({ agencyId });
});

test.each(["https://a.example", "localhost", "127.0.0.1", "a_b.example", "acme", "-a.example", "*.acme.example"])(
  "%s is no host name for a brand",
  async (host) => {
    const { ctx, brandId } = await aWorld();
    await expect(addDomain(ctx, { host, brandId })).rejects.toMatchObject({
      fields: { host: expect.stringContaining("reports.client.com") },
    });
  },
);

test("the installation's own address, and a host that the agency has already, are refused", async () => {
  const { ctx, brandId, host } = await aWorld();
  const refused = { code: "invalid", fields: { host: expect.any(String) } };
  await expect(addDomain(ctx, { host: "tidemark.example.com", brandId })).rejects.toMatchObject(refused);
  await addDomain(ctx, { host, brandId });
  await expect(addDomain(ctx, { host, brandId })).rejects.toMatchObject(refused);
});

test("who signs in under a client's host comes to the agency of that host, if they have a place there", async () => {
  const identity = anIdentity(db);
  const [first, second] = [await anAgencyWithOwner(identity), await anAgencyWithOwner(identity)];
  const { personId } = await db.withAgency(second.agencyId, async ({ sql }) => {
    const [row] = await sql<
      { personId: string }[]
    >`select person_id as "personId" from users where id = ${second.userId}`;
    return row ?? { personId: "" };
  });
  await db.withAgency(
    first.agencyId,
    ({ sql }) =>
      sql`insert into users (agency_id, email, name, person_id) values (${first.agencyId}, ${second.email}, 'Sam', ${personId})`,
  );
  const agencyAt = async (host: string | null) => {
    const visitor = aVisitor({ hostAgency: async () => host });
    const { setCookie } = await signIn(identity, { email: second.email, password }, visitor);
    return (await ctxOf(identity, cookieOf(setCookie))).agencyId;
  };
  expect(await agencyAt(first.agencyId)).toBe(first.agencyId);
  expect(await agencyAt(second.agencyId)).toBe(second.agencyId);
  expect(await agencyAt((await aWorld()).agencyId)).toBe(second.agencyId);
});
