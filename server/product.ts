// Puts the parts together: environment, database, keys, Amazon client. One per process.
import { randomBytes } from "node:crypto";
import { Resolver } from "node:dns/promises";
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { sql } from "drizzle-orm";
import { createAmazon, createLimiter, openRedisLimits } from "./amazon";
import { catalogue } from "./api/catalogue";
import { createCallLedger } from "./connections";
import type { ContextSource } from "./context";
import { openCache } from "./core/cache";
import { type Clock, systemClock } from "./core/clock";
import type { Services } from "./core/context";
import { generateKey } from "./core/crypto/fernet";
import { createVault } from "./core/crypto/vault";
import { type Database, openDatabase } from "./core/db/connect";
import { startEmbedded } from "./core/db/embedded";
import { migrateDatabase } from "./core/db/migrate";
import type { Env } from "./core/env";
import type { MailRoute } from "./core/letters";
import type { Log } from "./core/log";
import { createOutgoing } from "./core/outgoing/outgoing";
import { type IdentitySource, identitySource } from "./identity";
import { jobs } from "./jobs";
import { type KnownDomains, knownDomains } from "./workspace";

export interface Product extends ContextSource {
  env: Env;
  database: Database;
  services: Services;
  /** For what happens before there is a ctx: sign-in, sessions. */
  identity: IdentitySource;
  /** Host names of clients' own. */
  domains: KnownDomains;
  ownerUrl: string;
  /** Writes what is left of the call ledger, closes the database, and stops it where this process is the last user of the embedded one. */
  close(): Promise<void>;
}

export interface ProductOptions {
  env: Env;
  log: Log;
  clock?: Clock;
}

export async function openProduct({ env, log, clock = systemClock }: ProductOptions): Promise<Product> {
  const dataDir = resolve(env.dataDir);
  const embedded = env.databaseUrl ? null : await startEmbedded({ dataDir, log });
  const ownerUrl = env.databaseUrl ?? embedded?.url ?? "";
  const { appUrl } = await whenReachable(() => migrateDatabase({ ownerUrl, appUrl: env.databaseAppUrl, log }), log);
  const database = openDatabase(appUrl);
  const keys = env.encryptionKeys.length > 0 ? env.encryptionKeys : [localKey(dataDir)];
  const { clientId, clientSecret, hosts } = env.amazon;
  const limits = env.redisUrl ? await openRedisLimits({ url: env.redisUrl, clock, log }) : undefined;
  const limiter = createLimiter({ clock, store: limits });
  const timeouts = { tokenMs: env.amazon.tokenTimeoutSeconds * 1000 };
  const ledger = createCallLedger({ database, log });
  const vault = createVault({ keys, scheme: env.encryptionScheme });
  const { publicUrl } = env;
  const mailRoute = mailRouteOf(env);
  const identity = identitySource({ database, clock, log, publicUrl, vault, mailRoute });
  const cache = await openCache({ redisUrl: env.redisUrl, log });
  const services: Services = {
    cache,
    attempts: identity.attempts,
    amazon: createAmazon({ clientId, clientSecret, hosts, clock, log, limiter, onCall: ledger.record, timeouts }),
    vault,
    publicUrl,
    mail: env.mail,
    mailRoute,
    resolveTxt: (name) => new Resolver({ timeout: 3000, tries: 2 }).resolveTxt(name),
    checkpointFolder: join(dataDir, "audit-checkpoints"),
    catalogue,
    outgoing: createOutgoing({ privateHosts: env.outgoingPrivateHosts }),
  };
  return {
    env,
    log,
    clock,
    database,
    services,
    identity,
    domains: knownDomains({ database, clock, publicUrl: env.publicUrl }),
    jobs,
    ownerUrl,
    async close() {
      await ledger.close();
      await services.outgoing.close();
      await limits?.close();
      await cache.close();
      await database.close();
      await embedded?.stop();
    },
  };
}

/** Without a mail server the sandbox keeps mails on a page; in production there is then no way for them. */
function mailRouteOf({ mail, amazon }: Env): MailRoute {
  if (mail) return "server";
  return amazon.environment === "sandbox" ? "outbox" : null;
}

/** The agencies of this installation. */
export async function agencyIds({ database }: Pick<Product, "database">): Promise<string[]> {
  const rows = await database.withSystem(({ db }) =>
    db.execute<{ id: string }>(sql`select id from agencies order by id`),
  );
  return rows.map(({ id }) => id);
}

const bootPatienceMs = 60_000;

/** A database that starts later than we do is waited for, a minute at most. */
async function whenReachable<T>(work: () => Promise<T>, log: Log): Promise<T> {
  const deadline = Date.now() + bootPatienceMs;
  for (let wait = 250; ; wait = Math.min(wait * 2, 4000)) {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      const passing = ["ECONNREFUSED", "ENOTFOUND", "CONNECT_TIMEOUT", "57P03"].includes(code);
      if (!passing || Date.now() > deadline) throw error;
      log.warn({ reason: code }, "database not reachable yet");
      await new Promise((done) => setTimeout(done, wait));
    }
  }
}

/** The sandbox's key, made once and kept beside the embedded data; production brings its own. */
function localKey(dataDir: string): string {
  const file = join(dataDir, "encryption.key");
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    const draft = `${file}.${randomBytes(6).toString("hex")}`;
    writeFileSync(draft, `${generateKey()}\n`, { mode: 0o600 });
    try {
      // A link fails where another process was first: its key stays.
      linkSync(draft, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    chmodSync(file, 0o600);
  }
  return readFileSync(file, "utf8").trim();
}
