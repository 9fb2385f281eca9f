// Runs an agency's waiting jobs in this process, in the order and at the moments they are due: the test's clock is moved to each.
import postgres from "postgres";
import type { ContextSource } from "../../server/context";
import { systemContext } from "../../server/context";
import type { Job } from "../../server/core/jobs/define";
import type { TestClock } from "./ctx";

export interface JobRun {
  ownerUrl: string;
  source: ContextSource;
  agencyId: string;
  jobs: readonly Job[];
  clock: TestClock;
  /** Jobs due later than this stay. */
  until?: Date;
}

interface Waiting {
  id: string;
  name: string;
  input: unknown;
  runAt: string;
}

/** @returns the names of the jobs that ran */
export async function runJobs({ ownerUrl, source, agencyId, jobs, clock, until }: JobRun): Promise<string[]> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  const ran: string[] = [];
  try {
    for (;;) {
      const [next] = await owner<Waiting[]>`
        select j.id::text, t.identifier as name, j.payload -> 'input' as input, j.run_at::text as "runAt"
        from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where j.payload ->> 'agencyId' = ${agencyId} and t.identifier = any(${jobs.map((job) => job.name)})
        order by j.run_at, j.id limit 1`;
      if (!next || (until && new Date(next.runAt) > until)) return ran;
      await owner`delete from graphile_worker._private_jobs where id = ${next.id}`;
      if (new Date(next.runAt) > clock()) clock.set(next.runAt);
      const job = jobs.find((one) => one.name === next.name);
      await job?.run(systemContext(source, { agencyId, job: next.name }), job.input.parse(next.input));
      ran.push(next.name);
    }
  } finally {
    await owner.end({ timeout: 5 });
  }
}
