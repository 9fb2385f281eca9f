import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import postgres from "postgres";
import { expect, test } from "vitest";
import { z } from "zod";
import { aCtx, anAgency, aSource } from "../../../tests/support/ctx";
import { testDatabase } from "../../../tests/support/database";
import { until } from "../../../tests/support/until";
import { systemContext } from "../../context";
import { createLog } from "../log";
import { projectRoot } from "../project-root";
import { defineJob, type Job } from "./define";
import { startWorker } from "./worker";

const { db, ownerUrl, appUrl } = testDatabase();

const workerOf = (jobs: Job[]) => {
  const source = aSource(db, { jobs });
  return startWorker({
    ownerUrl,
    database: db,
    jobs,
    log: createLog("silent"),
    heartbeatMs: 200,
    context: async (agencyId, job, requestId) => systemContext(source, { agencyId, job, requestId }),
  });
};

test("a job exists only if its transaction commits, and runs as its own agency", async () => {
  const agencyId = await anAgency(db);
  const seen: string[] = [];
  let done = () => {};
  const finished = new Promise<void>((resolve) => {
    done = resolve;
  });
  const job = defineJob({
    name: "test.note",
    input: z.object({ word: z.string() }),
    async run(ctx, { word }) {
      seen.push(`${ctx.agencyId} ${word}`);
      if (word === "last") done();
    },
  });
  const ctx = aCtx(aSource(db), agencyId);
  const undone = ctx.tx(async (tx) => {
    await tx.enqueue("test.note", { word: "rolled back" });
    throw new Error("no");
  });
  await expect(undone).rejects.toThrow("no");
  await ctx.tx(async (tx) => {
    await tx.enqueue("test.note", { word: "first" }, { queue: "q" });
    await tx.enqueue("test.note", { word: "last" }, { queue: "q" });
  });
  const worker = await workerOf([job]);
  await finished;
  await worker.stop();
  expect(seen).toEqual([`${agencyId} first`, `${agencyId} last`]);
});

test("who waits for a job hears of it when its last attempt has failed, or died", async () => {
  const agencyId = await anAgency(db);
  const ctx = aCtx(aSource(db), agencyId);
  const told: string[] = [];
  let attempts = 0;
  let done = () => {};
  const both = new Promise<void>((resolve) => {
    done = resolve;
  });
  const job = defineJob({
    name: "test.hopeless",
    input: z.object({ word: z.string() }),
    run: async () => {
      attempts++;
      throw new Error("no");
    },
    gaveUp: async ({ agencyId: whose }, { word }) => {
      told.push(`${whose} ${word}`);
      if (told.length === 2) done();
    },
  });
  await ctx.tx(async (tx) => {
    await tx.enqueue(job.name, { word: "failed" }, { maxAttempts: 1 });
    await tx.enqueue(job.name, { word: "died" }, { maxAttempts: 1, key: `died:${agencyId}` });
  });
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  // As a killed process leaves it: taken for the last time, by nobody who lives.
  await owner`update graphile_worker._private_jobs set attempts = 1, locked_at = now() - interval '1 hour', locked_by = 'gone'
    where payload -> 'input' ->> 'word' = 'died'`;
  const worker = await workerOf([job]);
  await both;
  const left = () => owner`select 1 from graphile_worker._private_jobs where payload ->> 'agencyId' = ${agencyId}`;
  await until(async () => (await left()).length === 0);
  await worker.stop();
  await owner.end();
  expect([told.toSorted(), attempts]).toEqual([[`${agencyId} died`, `${agencyId} failed`], 1]);
}, 30_000);

test("the job of a killed process is run again by another", async () => {
  const agencyId = await anAgency(db);
  await aCtx(aSource(db), agencyId).tx((tx) => tx.enqueue("test.hang", {}));
  const child = spawn("npx", ["tsx", join(projectRoot(), "tests/support/job-process.ts"), ownerUrl, appUrl], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) if (line === "begun") break;
  process.kill(-(child.pid ?? 0), "SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  let taken = () => {};
  const takenOver = new Promise<void>((resolve) => {
    taken = resolve;
  });
  const worker = await workerOf([defineJob({ name: "test.hang", input: z.object({}), run: async () => taken() })]);
  await takenOver;
  await worker.stop();
  expect(child.signalCode).toBe("SIGKILL");
}, 30_000);

test("a process that stands still while it clears old signs of life keeps no other from starting", async () => {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  await owner`insert into worker_heartbeats (pool_id, seen_at) values ('long gone', now() - interval '1 day')`;
  await owner.begin(async (frozen) => {
    await frozen`delete from worker_heartbeats where pool_id = 'long gone'`;
    const worker = await workerOf([]);
    await worker.stop();
  });
  await owner.end({ timeout: 5 });
});
