import { join } from "node:path";
import { type Effects, effectsOf } from "../events/effects";
import { createWarehouse, eventsAsOf, type Warehouse } from "../events/warehouse";
import { ReplyError } from "../reply";
import type { Sandbox } from "../sandbox";
import type { AudienceJob } from "./audience-shape";
import { type AmcBook, type BookState, createBook } from "./book";
import { beginning } from "./elapsed";
import type { Execution } from "./execution";
import { createJobs, type Jobs } from "./jobs";
import { runAudience } from "./run-audience";
import { forgetResult, runExecution } from "./run-execution";
import { runSchedules, type SavedSchedule } from "./run-schedules";
import { makeExecution } from "./start-execution";
import type { Window } from "./time-window";
import type { SavedWorkflow } from "./workflows";

/** All of AMC in one sandbox. */
export interface Amc {
  book: AmcBook;
  workflows: SavedWorkflow[];
  schedules: SavedSchedule[];
  executions: Jobs<Execution>;
  audiences: Jobs<AudienceJob>;
  warehouse: Warehouse;
  resultsDirectory: string;
  /** Starts what schedules have due; done when it is started. */
  runSchedules(): Promise<void>;
  effectsOf(advertiserId: string): Promise<Effects | undefined>;
  /** after workflows or schedules were changed */
  changed(): void;
  state(): AmcState;
  close(): Promise<void>;
}

export interface AmcState {
  book: BookState;
  workflows: SavedWorkflow[];
  schedules: SavedSchedule[];
  executions: Execution[];
  audiences: AudienceJob[];
}

interface AmcParts {
  sandbox: Sandbox;
  directory: string;
  people: number;
  saved: AmcState | undefined;
  onChange(): void;
}

const SCHEDULE_TIMEOUT_SECONDS = 21_600;

export function createAmc({ sandbox, directory, people, saved, onChange }: AmcParts): Amc {
  const { clock, world, settings } = sandbox;
  const resultsDirectory = join(directory, "results");
  const jobs = { clock, onChange, runSeconds: () => settings.amcRunSeconds };
  const executions = createJobs<Execution>({
    ...jobs,
    saved: saved?.executions,
    work: (execution, signal) => runExecution(sandbox, { execution, directory: resultsDirectory }, signal),
    forget: ({ id }) => forgetResult(resultsDirectory, id),
  });
  const audiences = createJobs<AudienceJob>({
    ...jobs,
    saved: saved?.audiences,
    work: (job, signal) => runAudience(sandbox, job, signal),
    forget: () => {},
  });
  const warehouse = createWarehouse({ directory: join(directory, "events"), people, now: clock.now });
  let starting: Promise<void> | undefined;
  const amc: Amc = {
    book: createBook({ world, clock, settings, saved: saved?.book, onChange }),
    workflows: saved?.workflows ?? [],
    schedules: saved?.schedules ?? [],
    executions,
    audiences,
    warehouse,
    resultsDirectory,
    runSchedules() {
      starting ??= runSchedules(amc.schedules, {
        now: clock.now(),
        start: (schedule, window) => startScheduled(sandbox, schedule, window),
      }).finally(() => {
        starting = undefined;
      });
      return starting;
    },
    effectsOf: (advertiserId) => effectsOf(world, { advertiserId, people, asOf: eventsAsOf(clock.now()) }),
    changed: onChange,
    state: () => ({
      book: amc.book.state(),
      workflows: amc.workflows,
      schedules: amc.schedules,
      executions: executions.state(),
      audiences: audiences.state(),
    }),
    async close() {
      clearInterval(timer);
      await Promise.all([executions.close(), audiences.close()]);
      warehouse.close();
    },
  };
  const timer = setInterval(() => {
    amc.runSchedules().catch((error: unknown) => process.stderr.write(`sandbox: ${String(error)}\n`));
  }, 500);
  timer.unref();
  return amc;
}

/** A schedule whose workflow no longer reads or whose instance is gone runs nothing. */
async function startScheduled(sandbox: Sandbox, schedule: SavedSchedule, window: Window): Promise<void> {
  const { amc, clock } = sandbox;
  const instance = amc.book.find(schedule.instanceId);
  const definition = amc.workflows.find(
    ({ instanceId, workflowId }) => instanceId === schedule.instanceId && workflowId === schedule.workflowId,
  );
  if (!instance) return;
  try {
    const execution = await makeExecution(sandbox, instance, {
      workflowId: schedule.workflowId,
      definition: definition ?? {},
      window,
      parameterValues: {},
      timeoutSeconds: SCHEDULE_TIMEOUT_SECONDS,
      category: "SCHEDULED",
      disableAggregationControls: schedule.disableAggregationControls,
    });
    amc.executions.add({ ...execution, begun: beginning(clock) });
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
  }
}
