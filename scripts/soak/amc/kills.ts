// Q3: a worker is killed at each step of submit, poll, download and store, and another goes on; a start reaches Amazon and its answer does not
// reach us. Each run is at Amazon once, with its rows here once.
import { stepExecutionJob } from "../../../server/amc/jobs";
import { amazonServices } from "../../../tests/support/amazon-user";
import { amcJobs } from "../../../tests/support/amc-office";
import { aCtx, aSource } from "../../../tests/support/ctx";
import { failpoints } from "../failpoints";
import type { SoakOptions } from "../options";
import { check, type Outcome } from "../outcome";
import type { LineProcess } from "../processes";
import { ask, differenceFromFile, outcomeOf } from "./answers";
import type { AmcSoakPlace } from "./place";
import { workersOf } from "./workers";

/** Steps of instances and of schedules. */
const elsewhere = ["amc.instance-created", "amc.advertisers-updated", "amc.slots-started"];
const impatienceMs = 3_000;
const lostAnswers = {
  "a time-out": { delayMs: impatienceMs + 1_000 },
  "a cut connection": { drop: true },
  "a 503": { status: 503 },
  "half an answer": { malformed: true },
};
const mostSteps = 60;

export async function kills(place: AmcSoakPlace, { short }: SoakOptions): Promise<Outcome> {
  const points = failpoints().filter((point) => point.startsWith("amc.") && !elsewhere.includes(point));
  const times = short ? 1 : 10;
  const start = await workersOf(place, place.office.agencyId);
  const troubles: Record<string, (executionId: string) => Promise<boolean>> = {};
  for (const point of points) {
    troubles[point] = async (executionId) => dies(place, await start(point), executionId);
  }
  for (const [what, fault] of Object.entries(lostAnswers)) {
    troubles[what] = (executionId) => losesTheAnswer(place, fault, executionId);
  }
  const wrong: string[] = [];
  let runs = 0;
  for (let time = 0; time < times; time++) {
    for (const [what, trouble] of Object.entries(troubles)) {
      const problem = await survive(place, { number: runs++, trouble });
      if (problem) wrong.push(`${what}: ${problem}`);
    }
  }
  const doubled = Object.values(place.sandbox.control.amc.runs()).filter((count) => count > 1).length;
  for (const one of wrong) process.stderr.write(`  ${one}\n`);
  return check(
    `${points.length} steps and ${Object.keys(lostAnswers).length} lost answers x ${times}, ${runs} runs, ${doubled} doubled at Amazon, ${wrong.length} lost`,
    { "no run is at Amazon twice": doubled === 0, "no result is lost": wrong.length === 0 },
  );
}

interface Trial {
  /** No two runs ask the same. */
  number: number;
  /** @returns whether it befell the run */
  trouble(executionId: string): Promise<boolean>;
}

async function survive(place: AmcSoakPlace, { number, trouble }: Trial): Promise<string | null> {
  const values = { width: 1 + (number % 20), most: 30 + Math.floor(number / 20) };
  const { id } = await ask(place, { templateId: "optimal-frequency", values });
  if (!(await trouble(id))) return "the trouble did not come";
  await outcomeOf(place, id);
  // A step that comes late changes nothing.
  await stepExecutionJob.run(place.office.ctx, { executionId: id });
  const run = await outcomeOf(place, id);
  return run.attempts === 1 ? differenceFromFile(place, run) : `handed over ${run.attempts} times`;
}

async function dies({ office }: AmcSoakPlace, worker: LineProcess, executionId: string): Promise<boolean> {
  try {
    for (let step = 0; step < mostSteps; step++) {
      if (!(await worker.ask(JSON.stringify({ now: office.clock().toISOString(), executionId })))) return true;
    }
    return false;
  } finally {
    worker.kill();
  }
}

async function losesTheAnswer(
  { db, office, sandbox }: AmcSoakPlace,
  fault: (typeof lostAnswers)[keyof typeof lostAnswers],
  executionId: string,
): Promise<boolean> {
  const { id } = sandbox.control.faults.add({ ...fault, path: "amc.executions.create", times: 1, afterEffect: true });
  const services = amazonServices(sandbox, { clock: office.clock, callMs: impatienceMs });
  const source = aSource(db, { clock: office.clock, jobs: amcJobs, services });
  await stepExecutionJob.run(aCtx(source, office.agencyId), { executionId });
  const hits = sandbox.control.faults.list().find((one) => one.id === id)?.hits;
  sandbox.control.faults.clear(id);
  return hits === 1;
}
