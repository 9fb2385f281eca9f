// A process of its own that keeps committing as a sync does while something else is measured: the last two days of one account
// after the other, restated. It writes a line for each commit, and ends with its standard input.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Row, RowBatch } from "../server/amazon";
import { systemContext } from "../server/context";
import { openDatabase } from "../server/core/db/connect";
import { projectRoot } from "../server/core/project-root";
import { addDays } from "../server/insights/date-range";
import { reportTypes } from "../server/insights/report-types";
import { storeReportRows } from "../server/insights/store-report-rows";
import { aSource } from "../tests/support/ctx";
import type { BigAgency, Size } from "./big-agency";

export interface Writing {
  commits(): number;
  /** Resolves once the last commit is done. */
  stop(): Promise<void>;
}

const restMs = 200;

/** @param appUrl of the role that row-level security holds for */
export async function writeBeside(appUrl: string, agency: BigAgency): Promise<Writing> {
  const script = join(projectRoot(), "bench/write-beside.ts");
  const args = ["--import", "tsx", script, JSON.stringify({ appUrl, agency })];
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const lines = createInterface({ input: child.stdout });
  let commits = 0;
  lines.on("line", () => commits++);
  await Promise.race([once(lines, "line"), exited.then(() => Promise.reject(new Error("Nothing was written.")))]);
  return {
    commits: () => commits,
    async stop() {
      if (child.exitCode !== null) throw new Error("The sync beside it ended early.");
      child.stdin.end();
      const [code] = await exited;
      if (code !== 0) throw new Error(`The sync beside it ended with ${code}.`);
    },
  };
}

async function write({ appUrl, agency }: { appUrl: string; agency: BigAgency }): Promise<void> {
  const ctx = systemContext(aSource(openDatabase(appUrl)), { agencyId: agency.agencyId, job: "bench" });
  const range = { from: addDays(agency.yesterday, -1), to: agency.yesterday };
  let wanted = true;
  process.stdin.resume().once("end", () => {
    wanted = false;
  });
  for (let commits = 0; wanted; commits++) {
    const accountId = agency.accountIds[commits % agency.accountIds.length] ?? "";
    const run = {
      id: randomUUID(),
      accountId,
      range,
      currency: "USD",
      dialect: "v3" as const,
      observedAt: new Date(),
    };
    await ctx.tx((tx) =>
      storeReportRows(tx, { type: reportTypes.campaign, run }, answer({ range, size: agency.size }, commits)),
    );
    process.stdout.write("committed\n");
    await sleep(restMs);
  }
}

interface Restated {
  range: { from: string; to: string };
  size: Size;
}

async function* answer({ range: { from, to }, size }: Restated, turn: number): AsyncGenerator<RowBatch> {
  for (const date of [from, to]) {
    const rows: Row[] = [];
    for (let campaign = 1; campaign <= size.campaigns; campaign++) {
      for (let group = 1; group <= size.adGroups; group++) {
        rows.push({
          date,
          orderId: (590000000000000000n + BigInt(campaign)).toString(),
          lineItemId: (570000000000000000n + BigInt(campaign * 10 + group)).toString(),
          creativeId: "",
          orderCurrency: "USD",
          impressions: 5000 + turn,
          clicks: 40,
          totalCost: 20 + turn / 100,
          purchases: 3,
          sales: 150,
        });
      }
    }
    yield { rows, rejected: [] };
  }
}

if (process.argv[1]?.endsWith("write-beside.ts") && process.argv[2]) {
  await write(JSON.parse(process.argv[2]));
  process.exit(0);
}
