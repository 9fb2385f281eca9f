// An agency that has looked at its AMC instances, over the sandbox, for tests.
import type { RunningSandbox } from "../../sandbox/index";
import { discoverInstances } from "../../server/amc/discover-instances";
import { checkInstanceJob, discoverInstancesJob, stepExecutionJob } from "../../server/amc/jobs";
import { listInstances } from "../../server/amc/list-instances";
import type { Database } from "../../server/core/db/connect";
import type { Job } from "../../server/core/jobs/define";
import { wholeList } from "../../server/core/query";
import { amazonServices, amazonUser, connected } from "./amazon-user";
import { aClock, aCtx, anAgency, aSource, asOwner } from "./ctx";
import { runJobs } from "./run-jobs";

export const amcJobs = [checkInstanceJob, discoverInstancesJob, stepExecutionJob];

export interface AmcPlace {
  db: Database;
  ownerUrl: string;
  sandbox: RunningSandbox;
  /** Left out: the present one. */
  now?: Date;
  /** Jobs that run beside those of AMC. */
  moreJobs?: readonly Job[];
}

/** Ava's: one AMC account whose terms are accepted, with a standard instance. Both clocks stand still until they are moved. */
export async function anAmcOffice({ db, ownerUrl, sandbox, now = new Date(), moreJobs = [] }: AmcPlace) {
  const jobs = [...amcJobs, ...moreJobs];
  const clock = aClock(now);
  const follow = () => sandbox.control.clock.set({ now: clock().toISOString(), frozen: true });
  follow();
  const source = aSource(db, { clock, jobs, services: amazonServices(sandbox, { clock }) });
  const agencyId = await anAgency(db);
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const connectionId = await connected(ctx, { userId: amazonUser(sandbox, "Ava").id });
  const run = (until?: Date) => runJobs({ ownerUrl, source, agencyId, jobs, clock, until });
  await discoverInstances(ctx, {});
  await run();
  const { items: instances } = await ctx.tx((tx) => listInstances(tx, wholeList()));
  const instance = instances.find(({ type }) => type === "STANDARD");
  if (!instance) throw new Error("Ava has a standard instance");
  const wait = (minutes: number) => {
    clock.advance({ minutes });
    follow();
  };
  return { agencyId, source, ctx, connectionId, instance, instances, run, clock, wait };
}
