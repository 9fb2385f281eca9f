// Worker processes of the built server, on a database whose clock is moved by hand, before a sandbox that is in step with it.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import type { RunningSandbox } from "../../../sandbox";
import { generateKey } from "../../../server/core/crypto/fernet";
import { createVault, type Vault } from "../../../server/core/crypto/vault";
import { projectRoot } from "../../../server/core/project-root";
import { type DatabaseClock, installClock } from "../../database-clock";
import type { Person } from "../../person";
import { isReady, type Rig, startRig } from "../../rig";
import { type FleetOptions, launchFleet, type Member, type Tenant } from "../../token-fleet";
import { openWire, type Wire } from "../../wire";
import { type Census, createCensus } from "./census";
import { createSecretWatch, type SecretWatch } from "./secrets";

export interface Worker {
  child: ChildProcess;
  exited: Promise<unknown>;
  /** Resolves when it says that it has started. */
  started: Promise<unknown>;
  kill(signal?: NodeJS.Signals): Promise<void>;
}

export interface TokenRig extends Census {
  rig: Rig;
  sandbox: RunningSandbox;
  clock: DatabaseClock;
  key: string;
  vault: Vault;
  sql: Sql;
  /** Between the workers and the token hosts. */
  wires: Record<"NA" | "EU" | "FE", Wire>;
  secrets: SecretWatch;
  /** Environment of a server that reaches the token hosts through the wires. */
  env(): NodeJS.ProcessEnv;
  startWorker(env?: Record<string, string>): Worker;
  /** The whole server, and the signed-in owner of a new agency. */
  startServer(env?: Record<string, string>): Promise<Tenant & { owner: Person; server: Worker }>;
  fleet(options: Omit<FleetOptions, "ownerUrl" | "sandbox" | "key">): Promise<Member[]>;
  /** Moves both clocks. */
  advance(ms: number): Promise<void>;
  /** Forgets agencies, connections, gates, faults and workers. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export async function startTokenRig(): Promise<TokenRig> {
  const rig = await startRig({ reportDelaySeconds: 0, brands: 1, campaigns: 1 });
  await rig.ops(["migrate"]);
  const { sandbox } = rig;
  const clock = await installClock(rig.databaseUrl);
  sandbox.control.clock.set({ now: clock.now().toISOString(), frozen: true });
  const key = generateKey();
  const sql = postgres(rig.databaseUrl, { max: 2, onnotice: () => {} });
  const wireOf = (region: "NA" | "EU" | "FE") => openWire(Number(new URL(sandbox.urls[region]).port));
  const wires = { NA: await wireOf("NA"), EU: await wireOf("EU"), FE: await wireOf("FE") };
  const gates = Object.fromEntries(
    Object.entries(wires).map(([region, wire]) => [region, `localhost:${wire.port} ${sandbox.clientId}`]),
  );
  const secrets = createSecretWatch(["Atza|", "Atzr|", sandbox.clientSecret, key]);
  const workers = new Set<Worker>();
  const env = (): NodeJS.ProcessEnv => ({
    ...rig.serverEnv(),
    ...Object.fromEntries(
      Object.entries(wires).map(([region, wire]) => [
        `AMAZON_TOKEN_URL_${region}`,
        `http://localhost:${wire.port}/auth/o2/token`,
      ]),
    ),
    TIDEMARK_ENCRYPTION_KEYS: key,
    AMAZON_TOKEN_TIMEOUT_SECONDS: "0.5",
    PROCESS_ROLE: "worker",
    LOG_LEVEL: "info",
  });
  const self: TokenRig = {
    ...createCensus({ sql, clock, sandbox, key, gates }),
    rig,
    sandbox,
    clock,
    key,
    vault: createVault({ keys: [key] }),
    sql,
    wires,
    secrets,
    env,
    startWorker(extra = {}) {
      const worker = spawnWorker({ ...env(), ...extra }, secrets);
      workers.add(worker);
      void worker.exited.then(() => workers.delete(worker));
      return worker;
    },
    async startServer(extra = {}) {
      const server = self.startWorker({ PROCESS_ROLE: "all", ...extra });
      while (!(await isReady(rig.url))) {
        if (server.child.exitCode !== null) throw new Error("the server ended before it was ready");
        await sleep(50);
      }
      const owner = await rig.newOwner();
      const [row] = await sql<Tenant[]>`select agency_id as "agencyId", user_id as "userId" from memberships
        order by created_at desc limit 1`;
      if (!row) throw new Error("an owner without an agency");
      return { ...row, owner, server };
    },
    fleet: (options) => launchFleet({ ownerUrl: rig.databaseUrl, sandbox, key, ...options }),
    async advance(ms) {
      sandbox.control.clock.set({ advanceSeconds: ms / 1000 });
      await clock.advance(ms);
    },
    async reset() {
      await Promise.all([...workers].map((worker) => worker.kill()));
      await secrets.readDatabase(sql);
      sandbox.control.faults.clear();
      sandbox.control.settings.set({ consentDays: undefined, accessTokenSeconds: 3600 });
      await sql`truncate agencies, users, memberships, connections, grants, token_gates, audit_events, messages, deliveries,
        amazon_calls, worker_heartbeats`;
      await sql`delete from graphile_worker._private_jobs`;
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.kill()));
      await sql.end({ timeout: 5 });
      await clock.close();
      await Promise.all(Object.values(wires).map((wire) => wire.close()));
      await rig.close();
    },
  };
  return self;
}

function spawnWorker(env: NodeJS.ProcessEnv, secrets: SecretWatch): Worker {
  // Without source maps, which a process that lives a few seconds spends a good part of them on.
  const child = spawn(process.execPath, ["build/index.js"], {
    cwd: projectRoot(),
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const started = new Promise<void>((done) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        const text = chunk.toString("utf8");
        secrets.read("a worker's log", text);
        if (text.includes('"msg":"started"')) done();
      });
    }
  });
  const exited = once(child, "exit");
  return {
    child,
    exited,
    started,
    async kill(signal = "SIGKILL") {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
    },
  };
}
