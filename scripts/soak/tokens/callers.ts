// A process that asks for access tokens: a JSON line in (whose, how many callers), a JSON line out (the versions they got).
import { createInterface } from "node:readline";
import { accessToken } from "../../../server/connections";
import { systemContext } from "../../../server/context";
import { loadEnv } from "../../../server/core/env";
import { createLog } from "../../../server/core/log";
import { openProduct } from "../../../server/product";

const product = await openProduct({ env: loadEnv(process.env), log: createLog("error") });
for await (const line of createInterface({ input: process.stdin })) {
  const { agencyId, connectionId, callers } = JSON.parse(line) as {
    agencyId: string;
    connectionId: string;
    callers: number;
  };
  const ctx = systemContext(product, { agencyId, job: "soak" });
  const asked = Array.from({ length: callers }, () => accessToken(ctx, connectionId));
  const versions = (await Promise.all(asked)).map(({ version }) => version);
  process.stdout.write(`${JSON.stringify(versions)}\n`);
}
