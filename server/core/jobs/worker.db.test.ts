import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { z } from "zod";
import { aCtx, anAgency, aSource } from "../../../tests/support/ctx";
import { testDatabase } from "../../../tests/support/database";
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
