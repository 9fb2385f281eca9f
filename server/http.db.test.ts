// What operators and load balancers ask of a process, over HTTP.
import { randomUUID } from "node:crypto";
import type { ServerBuild } from "@remix-run/node";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { amazonServices } from "../tests/support/amazon-user";
import { aClock, aCtx, aSource } from "../tests/support/ctx";
import { testDatabase } from "../tests/support/database";
import { anAgencyWithOwner, anIdentity, aPerson, signedIn } from "../tests/support/people";
import { closeForClient, strikeGate, strikesUntilClosed } from "./connections/gate-store";
import { amazonHosts } from "./core/env";
import { createLog } from "./core/log";
import { type RunningHttp, startHttp } from "./http";
import { jobs } from "./jobs";
import type { Product } from "./product";
import { knownDomains } from "./workspace";

const { db, ownerUrl } = testDatabase();
const publicUrl = "http://localhost:3000";
const clock = aClock(new Date());
const identity = anIdentity(db, clock);
const log = createLog("silent");
const urlOf = (region: string) => `https://${region}-${randomUUID()}.example`;
const services = amazonServices({
  urls: { NA: urlOf("na"), EU: urlOf("eu"), FE: urlOf("fe") },
  clientId: "a client",
  clientSecret: "a secret",
});
const source = aSource(db, { clock, services });

const product: Product = {
  ...source,
  database: db,
  identity,
  domains: knownDomains({ database: db, clock, publicUrl }),
  jobs,
  ownerUrl,
  close: async () => {},
  env: {
    port: 0,
    host: "127.0.0.1",
    publicUrl,
    role: "web",
    dataDir: "",
    encryptionKeys: [],
    encryptionScheme: "v1",
    logLevel: "silent",
    heartbeatSeconds: 5,
    production: true,
    trustProxy: 0,
    apiLimits: { person: 600, key: 300, anonymous: 120, agency: 6000 },
    mail: null,
    outgoingPrivateHosts: [],
    amazon: {
      environment: "sandbox",
      clientId: "a client",
      clientSecret: "a secret",
      hosts: amazonHosts,
      tokenTimeoutSeconds: 10,
    },
  },
  log,
};

let http: RunningHttp;
beforeAll(async () => {
  // No page is asked for here.
  http = await startHttp(product, {} as ServerBuild);
});
afterAll(() => http?.stop());

const ask = (path: string, cookie?: string) =>
  fetch(`http://127.0.0.1:${http.port}${path}`, { headers: cookie ? { cookie } : {} });

test("whether the process lives and can serve is told to everyone, and nothing else", async () => {
  expect(await (await ask("/livez")).json()).toEqual({ alive: true });
  const ready = await ask("/readyz");
  expect(ready.status).toBe(200);
  expect(await ready.json()).toEqual({ ready: true, database: "ok", draining: false });
});

test("how the business runs is told to those who may know, and kept by no cache", async () => {
  const { agencyId, email } = await anAgencyWithOwner(identity);
  const nobody = await ask("/healthz");
  expect(nobody.status).toBe(401);
  expect(await nobody.json()).toMatchObject({ code: "unauthenticated", remedy: expect.any(String) });
  const lead = await signedIn(identity, (await aPerson(identity, agencyId, "lead")).email);
  const refused = await ask("/healthz", lead.cookie);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ code: "forbidden", message: expect.stringContaining("health.read") });
  const { cookie } = await signedIn(identity, email);
  const answer = await ask("/healthz", cookie);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toContain("no-store");
  expect(await answer.json()).toMatchObject({ ready: true, connections: 0, accounts: 0, attention: [] });
});

test("a token host that gives no answer is named by its region, and a refused client for all of them", async () => {
  const { email } = await anAgencyWithOwner(identity);
  const { cookie } = await signedIn(identity, email);
  const attention = async () => (await (await ask("/healthz", cookie)).json()).attention;
  const { lwa } = product.services.amazon;
  const strike = () => db.withSystem((scope) => strikeGate(scope, lwa.tokenHost("EU"), "Amazon could not be reached."));
  for (let times = 1; times < strikesUntilClosed; times++) await strike();
  expect(await attention()).toEqual([]);
  await strike();
  expect(await attention()).toMatchObject([
    { what: "token_host", name: "Tokens of Europe", state: "unavailable", since: expect.any(String) },
  ]);
  const keys = (["NA", "EU", "FE"] as const).map((region) => lwa.tokenHost(region));
  await db.withSystem((scope) => closeForClient(scope, keys, "Amazon does not accept this client."));
  const refused = await attention();
  expect(refused.map(({ name }: { name: string }) => name).sort()).toEqual([
    "Tokens of Europe",
    "Tokens of Far East",
    "Tokens of North America",
  ]);
  expect(refused[0]).toMatchObject({ state: "client_rejected", reason: expect.stringContaining("AMAZON_CLIENT_ID") });
});

test("a mail that was given up is told to whoever looks after the whole agency, until it is read", async () => {
  const { agencyId, userId, email } = await anAgencyWithOwner(identity);
  const { cookie } = await signedIn(identity, email);
  const unsent = async () => {
    const { attention } = await (await ask("/healthz", cookie)).json();
    return attention.filter(({ what }: { what: string }) => what === "delivery");
  };
  await aCtx(source, agencyId).tx(({ db: tx }) =>
    tx.execute(sql`with told as (
        insert into messages (agency_id, user_id, kind, signal, title, body, subject, dedupe_key, created_at)
        values (${agencyId}, ${userId}, 'connection.recovered', 'ok', 'Ava works again', '', '{}', 'once', now()) returning id)
      insert into deliveries (agency_id, message_id, user_id, channel, state, external_id, note, created_at)
        select ${agencyId}, id, ${userId}, 'email', 'failed', 'x', 'The mail server answered: 550 no such user', now() from told`),
  );
  expect(await unsent()).toMatchObject([
    {
      name: "Mail to Olive Owner",
      state: "unsent",
      reason: expect.stringMatching(/Ava works again.*550 no such user/),
    },
  ]);
  await aCtx(source, agencyId).tx(({ db: tx }) => tx.execute(sql`update messages set read_at = now()`));
  expect(await unsent()).toEqual([]);
});
