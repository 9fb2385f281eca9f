// A worker process of its own whose one job never ends, for tests that kill it. Prints a line when the job has begun.
import { z } from "zod";
import { systemContext } from "../../server/context";
import { openDatabase } from "../../server/core/db/connect";
import { defineJob } from "../../server/core/jobs/define";
import { startWorker } from "../../server/core/jobs/worker";
import { createLog } from "../../server/core/log";
import { aSource } from "./ctx";

const [ownerUrl = "", appUrl = ""] = process.argv.slice(2);
const database = openDatabase(appUrl);
const job = defineJob({
  name: "test.hang",
  input: z.object({}),
  run: async () => {
    process.stdout.write("begun\n");
    await new Promise(() => {});
  },
});
const source = aSource(database, { jobs: [job] });
await startWorker({
  ownerUrl,
  database,
  jobs: [job],
  log: createLog("silent"),
  heartbeatMs: 200,
  context: async (agencyId, name, requestId) => systemContext(source, { agencyId, job: name, requestId }),
});
process.stdout.write("ready\n");
