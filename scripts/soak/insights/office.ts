// An agency with one brand whose advertisers are synced step by step, by whoever is told to.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import postgres from "postgres";
import { startSandbox } from "../../../sandbox";
import { assignAccounts } from "../../../server/connections/assign-accounts";
import { discoverAccounts } from "../../../server/connections/discover-accounts";
import { systemContext } from "../../../server/context";
import type { Ctx } from "../../../server/core/context";
import type { Database } from "../../../server/core/db/connect";
import { projectRoot } from "../../../server/core/project-root";
import { wholeList } from "../../../server/core/query";
import { addDays, dayIn } from "../../../server/insights/date-range";
import { planSlots } from "../../../server/insights/plan-slots";
import { syncNow } from "../../../server/insights/sync-now";
import { listSyncStatus } from "../../../server/insights/sync-status";
import { amazonServices, amazonUser, connected, testKey } from "../../../tests/support/amazon-user";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../../tests/support/ctx";
import type { SoakPlace } from "../place";
import { jobsOfSync } from "./job-runner";
import type { Sums } from "./shown";
import { truthAsAnswered } from "./truth";

export interface WaitingJob {
  id: string;
  name: string;
  input: unknown;
}

export interface Office {
  ctx: Ctx;
  brandId: string;
  now(): Date;
  /** Moves our clock and Amazon's. */
  advance(ms: number): void;
  /** Plans what is due, as two processes do at once. */
  plan(): Promise<void>;
  /** As a person who asks for an account's last days now. */
  askAnew(): Promise<void>;
  waiting(): Promise<WaitingJob[]>;
  run(job: WaitingJob): Promise<void>;
  forget(job: WaitingJob): Promise<void>;
  /** Runs the job in a process that dies at the step. @returns whether it came so far; the job is done where it did not */
  killAt(job: WaitingJob, step: string): Promise<boolean>;
  /** `from..to`: all days there can be. */
  range(): string;
  /** What Amazon said of each day when it was last asked for it, by level. */
  truth(): Promise<Sums>;
  close(): Promise<void>;
}

/** Where every walk begins. */
let start: Date | undefined;

export async function anOffice(place: SoakPlace, second: Database): Promise<Office> {
  const { db, ownerUrl } = place;
  // An Amazon of its own: one whose clock was set back for the next walk would answer with reports it made in the days to come.
  const sandbox = await startSandbox({ port: 0, reportDelaySeconds: 0 });
  start ??= new Date();
  const clock = aClock(start);
  const tellAmazon = () => sandbox.control.clock.set({ now: clock().toISOString(), frozen: true });
  tellAmazon();
  const services = amazonServices(sandbox, { clock });
  const source = aSource(db, { clock, jobs: jobsOfSync, services });
  const agencyId = await anAgency(db);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  const connectionId = await connected(ctx, { userId: amazonUser(sandbox, "Ben").id });
  await discoverAccounts(ctx, { connectionId });
  const brandId = await aBrand(db, agencyId);
  const { items: advertisers } = await ctx.tx((tx) => listSyncStatus(tx, wholeList()));
  await assignAccounts(ctx, { accountIds: advertisers.map(({ id }) => id), brandId });
  const forget = async ({ id }: WaitingJob) => {
    await owner`delete from graphile_worker._private_jobs where id = ${id}`;
  };
  return {
    ctx,
    brandId,
    now: () => clock(),
    advance(ms) {
      clock.set(new Date(clock().getTime() + ms));
      tellAmazon();
    },
    async plan() {
      const other = aCtx(aSource(second, { clock, jobs: jobsOfSync, services }), agencyId);
      await Promise.all([planSlots(ctx), planSlots(other)]);
    },
    async askAnew() {
      const one = advertisers[Math.floor(clock().getTime() / 1000) % advertisers.length];
      if (one) await syncNow(ctx, { id: one.id });
    },
    async waiting() {
      return owner<WaitingJob[]>`
        select j.id::text, t.identifier as name, j.payload -> 'input' as input
        from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where j.payload ->> 'agencyId' = ${agencyId} and t.identifier = any(${jobsOfSync.map(({ name }) => name)})
        order by j.id`;
    },
    async run({ name, input }) {
      const job = jobsOfSync.find((one) => one.name === name);
      await job?.run(systemContext(source, { agencyId, job: name }), job.input.parse(input) as never);
    },
    forget,
    async killAt(job, step) {
      const { urls, clientId, clientSecret } = sandbox;
      const told = { appUrl: place.appUrl, agencyId, job, moment: clock().toISOString(), key: testKey };
      const argument = JSON.stringify({ ...told, sandbox: { urls, clientId, clientSecret } });
      const script = join(projectRoot(), "scripts/soak/insights/job-runner.ts");
      const child = spawn(process.execPath, ["--import", "tsx", script, argument], {
        env: { ...process.env, TIDEMARK_FAILPOINT: step },
        stdio: ["ignore", "ignore", "inherit"],
      });
      const [, signal] = (await once(child, "exit")) as [number | null, string | null];
      if (signal === null) await forget(job);
      return signal === "SIGKILL";
    },
    range: () => `${addDays(dayIn("UTC", start ?? clock()), -100)}..${addDays(dayIn("UTC", clock()), 1)}`,
    truth: () => truthAsAnswered(owner, { agencyId, sandbox }),
    async close() {
      await owner.end({ timeout: 5 });
      await sandbox.close();
    },
  };
}
