// A process of its own that plans what is due, for the soak that runs several and kills them. Reads moments, one a line; answers each with "done".
import { createInterface } from "node:readline";
import { openDatabase } from "../../../server/core/db/connect";
import { planReports } from "../../../server/insights/plan-reports";
import { planSlots } from "../../../server/insights/plan-slots";
import { aClock, aCtx, aSource } from "../../../tests/support/ctx";

const [appUrl = "", agencyId = ""] = process.argv.slice(2);
const clock = aClock();
const ctx = aCtx(aSource(openDatabase(appUrl, { poolSize: 2 }), { clock }), agencyId);
process.stdout.write("ready\n");
for await (const moment of createInterface({ input: process.stdin })) {
  clock.set(moment);
  await planSlots(ctx);
  await planReports(ctx);
  process.stdout.write("done\n");
}
