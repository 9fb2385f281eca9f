import type { SandboxClock } from "../clock";
import { type Beginning, beginning, secondsSince } from "./elapsed";

// Work that waits for a place, runs and ends: executions and audiences. The SQL itself runs one at a time.

export interface Job {
  id: string;
  instanceId: string;
  accountId: string;
  begun: Beginning;
  timeoutSeconds: number;
  /** had to wait for another to end */
  waited?: boolean;
  started?: Beginning;
  ended?: Beginning;
  outcome?: "SUCCEEDED" | "FAILED" | "CANCELLED";
  reason?: string;
  /** its result is there, though it may not show yet */
  worked?: boolean;
}

export type JobStatus = "PENDING" | "RUNNING" | NonNullable<Job["outcome"]>;

interface JobsParts<J extends Job> {
  clock: SandboxClock;
  runSeconds(): number;
  saved: J[] | undefined;
  onChange(): void;
  /** Makes the result; the error's message becomes the reason. */
  work(job: J, signal: AbortSignal): Promise<void>;
  forget(job: J): void;
}

export interface Jobs<J extends Job> {
  add(job: J): void;
  /** oldest first */
  list(): J[];
  find(id: string): J | undefined;
  /** The status now; waits briefly for a result that is due. */
  status(job: J): Promise<JobStatus>;
  statusNow(job: J): JobStatus;
  cancel(job: J): void;
  remove(job: J): void;
  state(): J[];
  close(): Promise<void>;
}

/** Contracts.md 5.3: of the API. */
const RUNNING_AN_INSTANCE = 10;
const RUNNING_AN_ACCOUNT = 200;
const KEPT = 3000;
const PENDING_SHARE = 0.2;
const PATIENCE_MS = 250;

export function createJobs<J extends Job>(parts: JobsParts<J>): Jobs<J> {
  const jobs = new Map((parts.saved ?? []).map((job) => [job.id, job]));
  const works = new Map<string, { done: Promise<void>; abort: AbortController }>();
  let queue: Promise<void> = Promise.resolve();

  const end = (job: J, outcome: NonNullable<Job["outcome"]>, reason?: string) => {
    job.outcome = outcome;
    job.ended = beginning(parts.clock);
    if (reason !== undefined) job.reason = reason;
    parts.onChange();
  };

  const begin = (job: J) => {
    const abort = new AbortController();
    const done = queue.then(async () => {
      try {
        if (job.outcome === undefined && !abort.signal.aborted) await parts.work(job, abort.signal);
        job.worked = true;
      } catch (error) {
        if (job.outcome === undefined) end(job, "FAILED", error instanceof Error ? error.message : String(error));
      }
      works.delete(job.id);
      parts.onChange();
    });
    queue = done;
    works.set(job.id, { done, abort });
  };

  const pendingSeconds = () => parts.runSeconds() * PENDING_SHARE;

  const endIfDue = (job: J) => {
    if (secondsSince(parts.clock, job.begun) > job.timeoutSeconds) {
      works.get(job.id)?.abort.abort();
      return end(job, "FAILED", "The execution did not end within its time limit.");
    }
    if (!job.started) return;
    if (!job.worked && !works.has(job.id)) begin(job);
    const due = secondsSince(parts.clock, job.started) >= parts.runSeconds() - pendingSeconds();
    if (job.worked && due) end(job, "SUCCEEDED");
  };

  /** One that never waited for a place began to run when its first part was over, whoever looks when. */
  const start = (job: J) => {
    const { at, real } = job.begun;
    const pending = pendingSeconds() * 1000;
    job.started = job.waited ? beginning(parts.clock) : { at: at + pending, real: real + pending };
    parts.onChange();
    endIfDue(job);
  };

  const pump = () => {
    const open = [...jobs.values()].filter((job) => job.outcome === undefined);
    for (const job of open) endIfDue(job);
    const running = new Map<string, number>();
    const count = ({ instanceId, accountId }: J) => {
      for (const id of [instanceId, accountId]) running.set(id, (running.get(id) ?? 0) + 1);
    };
    for (const job of open) if (job.started && job.outcome === undefined) count(job);
    for (const job of open) {
      if (job.started || job.outcome !== undefined) continue;
      if (secondsSince(parts.clock, job.begun) < pendingSeconds()) continue;
      const full =
        (running.get(job.instanceId) ?? 0) >= RUNNING_AN_INSTANCE ||
        (running.get(job.accountId) ?? 0) >= RUNNING_AN_ACCOUNT;
      if (full) job.waited = true;
      else start(job);
      if (job.started && job.outcome === undefined) count(job);
    }
  };
  const timer = setInterval(pump, 200);
  timer.unref();

  const statusNow = (job: J): JobStatus => job.outcome ?? (job.started ? "RUNNING" : "PENDING");
  return {
    add(job) {
      jobs.set(job.id, job);
      for (const old of jobs.values()) {
        if (jobs.size <= KEPT) break;
        if (old.outcome === undefined) continue;
        jobs.delete(old.id);
        parts.forget(old);
      }
      parts.onChange();
    },
    list: () => [...jobs.values()],
    find: (id) => jobs.get(id),
    async status(job) {
      pump();
      const work = works.get(job.id);
      if (work && parts.runSeconds() <= secondsSince(parts.clock, job.begun)) {
        await Promise.race([work.done, wait(PATIENCE_MS)]);
        pump();
      }
      return statusNow(job);
    },
    statusNow(job) {
      pump();
      return statusNow(job);
    },
    cancel(job) {
      works.get(job.id)?.abort.abort();
      end(job, "CANCELLED");
    },
    remove(job) {
      jobs.delete(job.id);
      parts.forget(job);
      parts.onChange();
    },
    state: () => [...jobs.values()],
    close() {
      clearInterval(timer);
      for (const { abort } of works.values()) abort.abort();
      return queue;
    },
  };
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
