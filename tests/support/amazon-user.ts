// The sandbox in this process, and Amazon users who consent in it, for tests.
import { sql } from "drizzle-orm";
import { afterAll, beforeAll } from "vitest";
import { type RunningSandbox, type SandboxOptions, startSandbox } from "../../sandbox/index";
import { createAmazon, type OnCall } from "../../server/amazon";
import { beginOAuth, completeOAuth } from "../../server/connections";
import type { CallbackOutcome, Region } from "../../server/connections/contract";
import type { Clock } from "../../server/core/clock";
import type { Ctx, Services } from "../../server/core/context";
import { generateKey } from "../../server/core/crypto/fernet";
import { createVault, type Vault } from "../../server/core/crypto/vault";
import { createLog } from "../../server/core/log";

export const publicUrl = "http://localhost:3000";

/** A key for the whole test file; written here so that a second process of the test can be given it. */
export const testKey = generateKey();

/** Started before the file's tests, closed after them. */
export function testSandbox(options: SandboxOptions = {}): () => RunningSandbox {
  let sandbox: RunningSandbox | undefined;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, reportDelaySeconds: 0, ...options });
  });
  afterAll(() => sandbox?.close());
  return () => {
    if (!sandbox) throw new Error("the sandbox runs while tests run");
    return sandbox;
  };
}

export interface ClientOverrides {
  clock?: Clock;
  vault?: Vault;
  onCall?: OnCall;
  clientSecret?: string;
  /** Longest that an answer is waited for. */
  callMs?: number;
}

/** A new client each: circuits that one test opened are not another's. */
export function amazonServices(
  sandbox: Pick<RunningSandbox, "urls" | "clientId" | "clientSecret">,
  overrides: ClientOverrides = {},
): Partial<Services> {
  const hostsOf = (url: string) => ({ authorizeUrl: `${url}/ap/oa`, tokenUrl: `${url}/auth/o2/token`, apiUrl: url });
  const { NA, EU, FE } = sandbox.urls;
  return {
    amazon: createAmazon({
      clientId: sandbox.clientId,
      clientSecret: overrides.clientSecret ?? sandbox.clientSecret,
      hosts: { NA: hostsOf(NA), EU: hostsOf(EU), FE: hostsOf(FE) },
      clock: overrides.clock ?? (() => new Date()),
      log: createLog("silent"),
      onCall: overrides.onCall,
      timeouts: { callMs: overrides.callMs },
    }),
    vault: overrides.vault ?? createVault({ keys: [testKey] }),
    publicUrl,
  };
}

/** What the browser comes back with after the person chose on Amazon's page. */
export async function consentAt(
  authorizeUrl: string,
  choice: { userId: string; decision?: "allow" | "deny" },
): Promise<URL> {
  const url = new URL(authorizeUrl);
  const form = new URLSearchParams(url.searchParams);
  form.set("user", choice.userId);
  form.set("decision", choice.decision ?? "allow");
  const answer = await fetch(`${url.origin}/ap/oa/consent`, { method: "POST", body: form, redirect: "manual" });
  return new URL(answer.headers.get("location") ?? "", publicUrl);
}

export const amazonUser = (sandbox: RunningSandbox, name: string) => {
  const user = sandbox.control.world().users.find((candidate) => candidate.name.startsWith(name));
  if (!user) throw new Error(`no Amazon user ${name}`);
  return user;
};

/** From "Connect Amazon" to the callback's outcome. */
export async function consented(
  ctx: Ctx,
  { userId, region = "NA" }: { userId: string; region?: Region },
): Promise<CallbackOutcome> {
  const { authorizeUrl } = await beginOAuth(ctx, { region });
  const { search } = await consentAt(authorizeUrl, { userId });
  return completeOAuth(ctx, { region, search });
}

/** @returns the connection's id */
export async function connected(ctx: Ctx, options: { userId: string; region?: Region }): Promise<string> {
  const outcome = await consented(ctx, options);
  if (outcome.kind !== "connected") throw new Error(JSON.stringify(outcome));
  return outcome.connectionId;
}

/** Moves the moments of a grant, as if time had passed on the database's clock. */
export const ageGrant = (ctx: Ctx, connectionId: string, by: { expiresInSeconds?: number; rested?: boolean }) =>
  ctx.tx(async ({ db }) => {
    if (by.expiresInSeconds !== undefined) {
      await db.execute(sql`update grants set
        access_expires_at = tidemark_now() + make_interval(secs => ${by.expiresInSeconds}::double precision)
        where connection_id = ${connectionId}`);
    }
    if (by.rested) {
      await db.execute(sql`update grants set retry_at = tidemark_now() where connection_id = ${connectionId}`);
      const keys = (["NA", "EU", "FE"] as const).map((region) => sql`${ctx.services.amazon.lwa.tokenHost(region)}`);
      await db.execute(
        sql`update token_gates set closed_until = tidemark_now() where key in (${sql.join(keys, sql`, `)})`,
      );
    }
  });

const tokenHosts = (ctx: Ctx) =>
  sql.join(
    (["NA", "EU", "FE"] as const).map((region) => sql`${ctx.services.amazon.lwa.tokenHost(region)}`),
    sql`, `,
  );

/** What one test did to the token hosts of its file is not another's. */
export const openGates = (ctx: Ctx) =>
  ctx.tx(({ db }) => db.execute(sql`delete from token_gates where key in (${tokenHosts(ctx)})`));
