// `npm run soak -- main`: kills the server with SIGKILL at every step of connect and sync, starts it again, and compares the numbers with the
// sandbox's truth and its call log.
import postgres from "postgres";
import type { Person } from "../person";
import { type Rig, startRig } from "../rig";
import { failpoints } from "./failpoints";
import { inLanes } from "./lanes";
import type { SoakOptions } from "./options";

interface Account {
  id: string;
  amazonId: string;
  kind: string;
  region: "NA" | "EU" | "FE";
}

interface Run {
  subject: string;
  state: string;
  kind: string;
}

/** Column of ours -> name in the sandbox's truth. */
const measures = {
  impressions: "impressions",
  clicks: "clicks",
  total_cost: "totalCostMicros",
  detail_page_views: "detailPageViews",
  purchases: "purchases",
  sales: "salesMicros",
  total_sales: "totalSalesMicros",
};
const sumsSql = Object.keys(measures)
  .map((column) => `sum(${column})::text as ${column}`)
  .join(", ");

/** The killed server's jobs are taken over in 3 s instead of 30. */
const settings = { WORKER_HEARTBEAT_SECONDS: "0.5" };
const patienceMs = 120_000;

/** Steps beside connect and sync, as they begin: mail, change sets, custom actions and exports have crash tests of their own, the background
 * refresh and AMC their own soaks. */
const elsewhere = [
  "amc.",
  "action.sent",
  "action.taken",
  "amc.advertisers-updated",
  "amc.instance-created",
  "amc.rows-written",
  "amc.start-noted",
  "amc.started",
  "amc.stored",
  "amc.succeeded",
  "amc.workflow-created",
  "changes.answered",
  "changes.marked",
  "changes.stored",
  "custom-report.requested",
  "custom-report.stored",
  "deliver.taken",
  "deliver.sent",
  "export.piece",
  "token.claiming",
];

export async function soakMain({ short, only }: SoakOptions): Promise<boolean> {
  const rounds = short ? 1 : 20;
  const points = failpoints().filter(
    (point) => !elsewhere.some((name) => point.startsWith(name)) && (!only || point.startsWith(only)),
  );
  const startedAt = Date.now();
  const failures: string[] = [];
  let kills = 0;
  let compared = 0;
  const work = Array.from({ length: rounds }, () => points).flat();
  const open = () => startRig({ reportDelaySeconds: 0, brands: 1, campaigns: 4 });
  await inLanes(work, { lanes: 2, open, close: (rig) => rig.close() }, async (rig, point) => {
    const outcome = await survive(rig, point).catch((error) => ({ problem: String(error), compared: 0 }));
    kills++;
    compared += outcome.compared;
    if (outcome.problem) failures.push(`${point}: ${outcome.problem}`);
    process.stderr.write(`${outcome.problem ? "FAILED" : "ok"} ${point} ${outcome.problem ?? ""}\n`);
  });
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  process.stdout.write(
    `soak main: ${points.length} failpoints x ${rounds}, ${kills} kills, ${compared} sums equal to the truth, ${failures.length} failures, ${seconds} s\n`,
  );
  return failures.length === 0;
}

async function survive(rig: Rig, point: string): Promise<{ problem?: string; compared: number }> {
  await rig.renewSandbox();
  rig.sandbox.control.clock.set({ frozen: true });
  // Tokens that are always about to expire: each use renews one.
  if (point.startsWith("token.")) rig.sandbox.control.settings.set({ accessTokenSeconds: 240 });
  const made = await rig.createOwner();
  let owner: Person | undefined;
  const signedIn = async () => {
    owner ??= await rig.signIn(made);
    return owner;
  };
  const first = await rig.startServer({ ...settings, TIDEMARK_FAILPOINT: point });
  const died = first.exited.then(() => true);
  // The tick runs for agencies without accounts too: the server may die before its owner has signed in.
  const finished = signedIn()
    .then(connectAndSync)
    .then(() => false);
  const dead = await Promise.race([died, finished.catch(() => died)]);
  if (!dead) {
    await first.kill("SIGKILL");
    return { problem: "the failpoint was never reached", compared: 0 };
  }
  const second = await rig.startServer(settings);
  try {
    await connectAndSync(await signedIn());
    return await compare(rig, await signedIn());
  } finally {
    await disconnectAll(await signedIn());
    await second.kill("SIGTERM");
  }
}

/** What a person does until it is done: connects if that has not happened, then waits for the backfill. */
async function connectAndSync(owner: Person): Promise<void> {
  const connections = await owner.api<{ id: string }[]>("GET", "connections");
  if (connections.length === 0) await owner.connectAmazon("NA");
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const accounts = await owner.api<Account[]>("GET", "accounts?kind=dsp_advertiser");
    const all = await owner.api<Run[]>("GET", "sync-runs?_start=0&_end=200");
    // The other reports start once the campaign's are here.
    const runs = all.filter(({ subject }) => subject === "entities" || subject === "campaign");
    const open = runs.filter((run) => run.state !== "done");
    const failed = runs.filter((run) => run.state === "failed");
    if (failed.length > 0) throw new Error(`${failed.length} runs failed: ${JSON.stringify(failed[0])}`);
    if (accounts.length > 0 && runs.some((run) => run.kind === "backfill") && open.length === 0) return;
    if (Date.now() > deadline)
      throw new Error(`not done: ${accounts.length} accounts, ${open.length} of ${runs.length} runs open`);
    await new Promise((done) => setTimeout(done, 300));
  }
}

/** So that the next round's server has this agency's work no more. */
async function disconnectAll(owner: Person): Promise<void> {
  for (const { id } of await owner.api<{ id: string }[]>("GET", "connections")) {
    await owner.api("POST", `connections/${id}/disconnect`);
  }
}

/** Facts and both rollups against the sandbox's own sums, and no report asked for twice. */
async function compare(rig: Rig, owner: Person): Promise<{ problem?: string; compared: number }> {
  const accounts = await owner.api<Account[]>("GET", "accounts?kind=dsp_advertiser");
  const sql = postgres(rig.databaseUrl, { max: 1 });
  let compared = 0;
  try {
    for (const { id, amazonId } of accounts) {
      for (const table of ["facts", "rollup_campaign_day", "rollup_account_day"]) {
        const [sums] = await sql`select min(day)::text as first, max(day)::text as last, ${sql.unsafe(sumsSql)}
          from ${sql(table)} where account_id = ${id}
          ${table === "facts" ? sql`and report_type = 'campaign'` : sql``}`;
        const truth = rig.sandbox.control.truth({
          advertiserId: amazonId,
          startDate: sums?.first,
          endDate: sums?.last,
        });
        for (const [ours, theirs] of Object.entries(measures)) {
          const expected = truth?.total[theirs];
          if (sums?.[ours] !== expected)
            return { problem: `${table}.${ours} is ${sums?.[ours]}, the truth is ${expected}`, compared };
          compared++;
        }
      }
    }
  } finally {
    await sql.end();
  }
  const twice = Object.entries(rig.sandbox.control.calls.reportCreates()).filter(([, count]) => count > 1);
  return twice.length > 0 ? { problem: `asked for twice: ${twice[0]?.[0]}`, compared } : { compared };
}
