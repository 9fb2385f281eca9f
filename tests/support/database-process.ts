// A process of its own that uses the embedded database, for tests that start several or kill one: prints one JSON line, then stays.
import { startEmbedded } from "../../server/core/db/embedded";
import { createLog } from "../../server/core/log";

const [dataDir = ""] = process.argv.slice(2);
const database = await startEmbedded({ dataDir, log: createLog("silent"), settings: { fsync: "off" } });
process.on("SIGTERM", async () => {
  await database.stop();
  process.exit(0);
});
process.stdout.write(`${JSON.stringify({ url: database.url, adopted: database.adopted })}\n`);
setInterval(() => {}, 60_000);
