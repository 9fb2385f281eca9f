// A sync that keeps committing while something else is measured: the last two days of one account after the other, restated.
import { randomUUID } from "node:crypto";
import type { Row, RowBatch } from "../server/amazon";
import type { ContextSource } from "../server/context";
import { systemContext } from "../server/context";
import { addDays } from "../server/insights/date-range";
import { reportTypes } from "../server/insights/report-types";
import { storeReportRows } from "../server/insights/store-report-rows";
import type { BigAgency, Size } from "./big-agency";

export interface Writing {
  commits(): number;
  stop(): Promise<void>;
}

const restMs = 200;

export function writeBeside(source: ContextSource, agency: BigAgency): Writing {
  const ctx = systemContext(source, { agencyId: agency.agencyId, job: "bench" });
  let [commits, wanted] = [0, true];
  const range = { from: addDays(agency.yesterday, -1), to: agency.yesterday };
  const writing = (async () => {
    while (wanted) {
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
      commits++;
      await new Promise((done) => setTimeout(done, restMs));
    }
  })();
  return {
    commits: () => commits,
    async stop() {
      wanted = false;
      await writing;
    },
  };
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
