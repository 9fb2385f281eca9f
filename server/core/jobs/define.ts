// A job: a name, an input shape and a handler that may be run again at any point. Listed in server/jobs.ts.
import type { z } from "zod";
import type { Ctx, Topic } from "../context";

export interface Job<I extends z.ZodType = z.ZodType> {
  name: string;
  input: I;
  /** Attempts before the job is given up and shown as failed. Waiting for Amazon is not an attempt: re-enqueue instead. */
  maxAttempts: number;
  /** Topics of lower slices whose payload is this job's input. */
  on: Topic<z.output<I>>[];
  run(ctx: Ctx, input: z.output<I>): Promise<void>;
  /** After the last attempt, also where its process died in it: says so wherever people wait for it. May be run again at any point. */
  gaveUp?(ctx: Ctx, input: z.output<I>): Promise<void>;
}

export function defineJob<I extends z.ZodType>(
  spec: Pick<Job<I>, "name" | "input" | "run"> & Partial<Pick<Job<I>, "maxAttempts" | "on" | "gaveUp">>,
): Job<I> {
  return { maxAttempts: 10, on: [], ...spec };
}

/** What the scheduler calls on each tick, once a process and agency; must insert due work by unique slot. */
export interface Tick {
  name: string;
  /** node-schedule rule (cron with seconds). */
  rule: string;
  run(ctx: Ctx): Promise<void>;
}
