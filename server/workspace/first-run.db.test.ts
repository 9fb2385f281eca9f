import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { emptyDatabase, testDatabase } from "../../tests/support/database";
import {
  anAgencyWithOwner,
  anEmail,
  anIdentity,
  aVisitor,
  cookieOf,
  ctxOf,
  password,
  signedIn,
} from "../../tests/support/people";
import { openDatabase } from "../core/db/connect";
import { migrateDatabase } from "../core/db/migrate";
import { createLog } from "../core/log";
import { withSession } from "../identity";
import { createAgencyWithOwner, createFirstAgency, isFirstRun } from "./first-run";
import { loadViewer } from "./viewer";

const { db } = testDatabase();
const anOwner = () => ({ agencyName: "First agency", name: "Fay First", email: anEmail("first"), password });

test("a new installation is claimed once, by one person, however many try", async () => {
  const { appUrl } = await migrateDatabase({ ownerUrl: await emptyDatabase(), log: createLog("silent") });
  const fresh = openDatabase(appUrl, { poolSize: 4 });
  try {
    const identity = anIdentity(fresh);
    expect(await isFirstRun(identity)).toBe(true);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => createFirstAgency(identity, anOwner(), aVisitor())),
    );
    const won = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(won).toHaveLength(1);
    expect(await isFirstRun(identity)).toBe(false);
    const ctx = await ctxOf(identity, cookieOf(won[0]?.value.setCookie ?? ""));
    expect(ctx.can("members.write")).toBe(true);
    await expect(createFirstAgency(identity, anOwner(), aVisitor())).rejects.toMatchObject({ code: "not_found" });
  } finally {
    await fresh.close();
  }
});

test("operators make as many agencies as they want, each address once", async () => {
  const identity = anIdentity(db);
  const owner = anOwner();
  await createAgencyWithOwner(identity, owner);
  await expect(createAgencyWithOwner(identity, owner)).rejects.toMatchObject({ code: "invalid" });
  await expect(createAgencyWithOwner(identity, { ...owner, email: anEmail() })).resolves.toBeDefined();
});

test("an agency that could not be completed is not left behind", async () => {
  const identity = anIdentity(db);
  const owner = { ...anOwner(), agencyName: `Agency ${randomUUID()}` };
  await createAgencyWithOwner(identity, owner);
  await expect(createAgencyWithOwner(identity, owner)).rejects.toThrow();
  const named = await db.withSystem(({ sql }) => sql`select id from agencies where name = ${owner.agencyName}`);
  expect(named).toHaveLength(1);
});

test("pages know the person, the agency and the rights", async () => {
  const identity = anIdentity(db);
  const { email } = await anAgencyWithOwner(identity);
  const { cookie } = await signedIn(identity, email);
  const loaded = await withSession(identity, cookie, (scope, session) =>
    loadViewer(scope, session, { environment: "sandbox", outbox: true }, { brands: "named" }),
  );
  expect(loaded?.viewer).toMatchObject({
    user: { name: "Olive Owner", email, role: "Owner" },
    agency: { name: "North agency" },
    brands: [],
    environment: "sandbox",
  });
  expect(loaded?.viewer.permissions).toContain("audit.read");
});
