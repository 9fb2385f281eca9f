// Runs at AMC as people start them: what is ours of the time from submit to chart; and an answer of 500,000 rows, stored and charted in a
// process of its own, its memory.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Person } from "../scripts/person";
import { type Rig, startRig } from "../scripts/rig";
import { openPlace } from "../scripts/soak/place";
import { startExecution } from "../server/amc/start-execution";
import { projectRoot } from "../server/core/project-root";
import { testKey } from "../tests/support/amazon-user";
import { anAmcOffice } from "../tests/support/amc-office";
import { until } from "../tests/support/until";
import type { Errand, Measure } from "./amc-process";
import { percentile, print } from "./figure";

const runs = 40;
const runSeconds = 20;
const manyRows = 500_000;
const executions = "/workflowExecutions";

export async function bench(): Promise<void> {
  await overhead();
  await memory();
}

interface Times {
  /** Milliseconds from the person's request until the start has reached Amazon. */
  submit: number;
  /** From Amazon's success until the chart can be read. */
  afterSuccess: number;
  /** Of these, from the answer that said so. */
  afterAnswer: number;
}

async function overhead(): Promise<void> {
  const rig = await startRig({ amcPeople: 400, amcRunSeconds: runSeconds });
  try {
    // Past the rig's own wire, which runs in this process.
    await rig.startServer({ DATABASE_URL: rig.databaseUrl });
    const person = await rig.newOwner();
    await person.connectAmazon("NA");
    const instanceId = await readyInstance(person);
    const times: Times[] = [];
    // The first makes the sandbox's events and warms up.
    for (let run = -1; run < runs; run++) {
      const taken = await timed(rig, person, { instanceId, days: 20 + run });
      if (run >= 0) times.push(taken);
    }
    const baseline = `goal 2000 ms after success; ${runs} runs of ${runSeconds} s, one after the other, on loopback`;
    for (const [name, figure] of [
      ["submit", "amc.submit"],
      ["afterSuccess", "amc.success_to_chart"],
      ["afterAnswer", "amc.answer_to_chart"],
    ] as const) {
      const all = times.map((one) => one[name]);
      print({ figure: `${figure}_median`, value: percentile(all, 0.5), unit: "ms", baseline });
      print({ figure: `${figure}_p95`, value: percentile(all, 0.95), unit: "ms", baseline });
    }
  } finally {
    await rig.close();
  }
}

async function readyInstance(person: Person): Promise<string> {
  let found: string | undefined;
  await until(async () => {
    const all = await person.api<{ id: string; type: string; tables: string[] }[]>("GET", "amc-instances");
    found = all.find(({ type, tables }) => type === "STANDARD" && tables.length > 0)?.id;
    return found !== undefined;
  }, 60_000);
  return found ?? "";
}

async function timed(
  { sandbox }: Rig,
  person: Person,
  { instanceId, days }: { instanceId: string; days: number },
): Promise<Times> {
  sandbox.control.calls.clear();
  const begun = Date.now();
  const window = { kind: "last", days };
  const asked = { instanceId, templateId: "overlap", window };
  const { id } = await person.api<{ id: string }>("POST", "amc-executions", asked);
  await until(async () => (await person.get(`/api/v1/amc-results/${id}`)).status === 200, 120_000);
  const charted = Date.now();
  const calls = sandbox.control.calls.list().filter(({ path }) => path.includes(executions));
  const arrived = Date.parse(calls.find(({ method }) => method === "POST")?.realAt ?? "");
  const answer = calls.findLast(({ operation }) => operation === "amc.executions.get");
  const answered = Date.parse(answer?.realAt ?? "") + (answer?.durationMs ?? 0);
  return {
    submit: arrived - begun,
    afterSuccess: charted - arrived - runSeconds * 1000,
    afterAnswer: charted - answered,
  };
}

async function memory(): Promise<void> {
  const place = await openPlace({ amcPeople: 400, amcRunSeconds: 0 });
  try {
    const { ctx, agencyId, instance, clock } = await anAmcOffice(place);
    const sql = `SELECT campaign, impression_date_utc AS day, device_type AS device, COUNT(DISTINCT user_id) AS users,
      SUM(impressions) AS impressions, SUM(total_cost) / 100000 AS cost FROM dsp_impressions GROUP BY 1, 2, 3`;
    const chart = { kind: "bars" as const, x: "campaign", y: ["impressions"] };
    const { id } = await startExecution(ctx, {
      instanceId: instance.id,
      sql,
      chart,
      window: { kind: "last", days: 7 },
    });
    place.sandbox.control.faults.add({
      path: "amc.files.get",
      status: 200,
      contentType: "text/csv",
      body: manyLines(),
    });
    const { urls, clientId, clientSecret } = place.sandbox;
    const errand: Errand = {
      appUrl: place.appUrl,
      agencyId,
      executionId: id,
      sandbox: { urls, clientId, clientSecret },
      vaultKey: testKey,
      now: clock().toISOString(),
    };
    tell(await measured(errand));
  } finally {
    await place.close();
  }
}

/** Amazon's file of an answer, as long as one can be; the ledger's columns last. */
function manyLines(): string {
  const lines = ["campaign,day,device,users,impressions,cost,tm_hidden,tm_users,tm_reason"];
  for (let row = 0; row < manyRows; row++) {
    const day = `2026-${String(1 + (row % 12)).padStart(2, "0")}-${String(1 + (row % 28)).padStart(2, "0")}`;
    lines.push(
      `"Campaign ${row % 4_000}, autumn",${day},Phone,${2 + (row % 900)},${row % 70_000},${(row % 9_999) / 100},false,2,`,
    );
  }
  return lines.join("\n");
}

async function measured(errand: Errand): Promise<Measure> {
  const script = join(projectRoot(), "bench/amc-process.ts");
  const args = ["--expose-gc", "--import", "tsx", script, JSON.stringify(errand)];
  // Not waited for in one piece: the sandbox answers from this process.
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

function tell({ rows, charted, seconds, before, peak }: Measure): void {
  if (rows !== manyRows || charted === 0) throw new Error(`${rows} rows were stored, ${charted} charted`);
  const baseline = `${rows.toLocaleString("en")} rows, ${charted} of them charted; over the ${before.toFixed(0)} MB that the process had before; goal 200 MB`;
  print({ figure: "amc.large_answer_memory", value: peak - before, unit: "MB", baseline });
  print({ figure: "amc.large_answer_rows", value: rows / seconds, unit: "1/s", baseline });
}
