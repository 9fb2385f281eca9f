// A process of its own that takes from the API's limits over Redis. Prints how many takes were let through.
import { createLog } from "../../server/core/log";
import { type InboundOptions, openInboundLimits } from "../../server/inbound-limits";

interface Errand {
  url: string;
  limits: InboundOptions["limits"];
  who: string;
  calls: number;
}

async function main({ url, limits, who, calls }: Errand): Promise<void> {
  const api = await openInboundLimits({ limits, redisUrl: url, log: createLog("silent") });
  const quotas = await Promise.all(Array.from({ length: calls }, () => api.take("key", who)));
  await api.close();
  process.stdout.write(String(quotas.filter(({ exceeded }) => !exceeded).length));
}

if (process.argv[1]?.endsWith("inbound-process.ts") && process.argv[2])
  await main(JSON.parse(process.argv[2]) as Errand);
