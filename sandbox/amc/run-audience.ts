import { isTargetable } from "../events/tables/columns";
import type { Sandbox } from "../sandbox";
import { codeOf, randomOf } from "../world/random";
import { type AudienceJob, LOOKALIKE_SIZES } from "./audience-shape";
import { holdingOf, tablesOf } from "./inputs";
import { declaredOf } from "./workflow-shape";

// Makes an audience: its query's users, those that can be targeted, and whether they are enough (contracts.md 6.1, 6.2).

const LEAST = 2000;
const SEED_LEAST = 500;
const SEED_MOST = 500_000;

export async function runAudience(sandbox: Sandbox, job: AudienceJob, signal: AbortSignal): Promise<void> {
  const users = await usersOf(sandbox, job, signal);
  if (job.expectedReach) {
    if (users < SEED_LEAST || users > SEED_MOST)
      throw new Error(`The seed has ${users} users; a lookalike audience needs ${SEED_LEAST} to ${SEED_MOST}.`);
    job.count = lookalikeSize(sandbox, job);
  } else {
    if (users < LEAST) throw new Error(`The audience has fewer than ${LEAST} targetable users.`);
    job.count = users;
  }
  job.dspAudienceId = codeOf(18, [sandbox.world.seed, "audience", job.id], "123456789");
}

/** Distinct users whose ids can be targeted. */
async function usersOf(sandbox: Sandbox, job: AudienceJob, signal: AbortSignal): Promise<number> {
  const instance = sandbox.amc.book.find(job.instanceId);
  if (!instance) throw new Error(`Instance ${job.instanceId} does not exist.`);
  const engine = await sandbox.amc.warehouse.engineOf(holdingOf(sandbox, instance), job.tables);
  const { columns, rows } = await engine.run({
    sql: job.sql,
    window: { start: new Date(job.body.timeWindowStart), end: new Date(job.body.timeWindowEnd) },
    parameters: job.parameters,
    parameterTypes: declaredOf(job.definition),
    audience: true,
    tables: tablesOf(instance),
    now: new Date(sandbox.clock.now()),
    signal,
  });
  const at = columns.findIndex(({ name }) => name.toLowerCase() === "user_id");
  const ids = new Set(rows.map((row) => row[at]).filter((id) => typeof id === "string"));
  return [...ids].filter(isTargetable).length;
}

/** Somewhere between the documented bounds, the same each time. */
function lookalikeSize({ amc, world }: Sandbox, { id, accountId, expectedReach = "BALANCED" }: AudienceJob): number {
  const region = amc.book.accounts.find((account) => account.accountId === accountId)?.region;
  const [least, most] = LOOKALIKE_SIZES[expectedReach][region === "FE" ? "asia" : "west"];
  return Math.round((least + randomOf(world.seed, "lookalike", id)() * (most - least)) * 1000);
}
