// The process that is measured: asks for tokens in a bare loop, or keeps them fresh as the product does. A JSON line in, one out.
import { createInterface } from "node:readline";
import { request } from "undici";
import { startRefreshService } from "../server/connections";
import { systemContext } from "../server/context";
import { type Env, loadEnv } from "../server/core/env";
import { createLog } from "../server/core/log";
import { openProduct } from "../server/product";

export const inFlight = 32;

interface Grant {
  region: "NA" | "EU" | "FE";
  refreshToken: string;
}

export type Order = { kind: "fetch" | "request"; grants: Grant[] } | { kind: "serve" | "rest" | "cpu" };

async function main(): Promise<void> {
  const env = loadEnv(process.env);
  // Standard output is for the answers.
  const product = await openProduct({ env, log: createLog("silent") });
  let service: { stop(): Promise<void> } | null = null;
  for await (const line of createInterface({ input: process.stdin })) {
    const order = JSON.parse(line) as Order;
    if (order.kind === "fetch" || order.kind === "request") {
      const ask = order.kind === "fetch" ? askByFetch : askByRequest;
      const left = [...order.grants];
      const caller = async () => {
        for (let grant = left.pop(); grant; grant = left.pop()) await ask(env, grant);
      };
      await Promise.all(Array.from({ length: inFlight }, caller));
    }
    if (order.kind === "serve") {
      service = startRefreshService({
        database: product.database,
        amazon: product.services.amazon,
        log: product.log,
        context: (agencyId) => systemContext(product, { agencyId, job: "bench" }),
        inFlight,
      });
    }
    if (order.kind === "rest") await service?.stop();
    const { user, system } = process.cpuUsage();
    process.stdout.write(`${JSON.stringify({ cpuMs: (user + system) / 1000 })}\n`);
  }
}

/** The request that a refresh is, and nothing else. */
async function askByFetch({ amazon }: Env, grant: Grant): Promise<void> {
  const body = formOf(amazon, grant);
  const response = await fetch(amazon.hosts[grant.region].tokenUrl, { method: "POST", body });
  requireToken(await response.json());
}

async function askByRequest({ amazon }: Env, grant: Grant): Promise<void> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = formOf(amazon, grant).toString();
  const response = await request(amazon.hosts[grant.region].tokenUrl, { method: "POST", headers, body });
  requireToken(await response.body.json());
}

const formOf = ({ clientId, clientSecret }: Env["amazon"], { refreshToken }: Grant) =>
  new URLSearchParams({
    grant_type: "refresh_token",
    refresh_token: refreshToken,
    client_id: clientId,
    client_secret: clientSecret,
  });

function requireToken(answer: unknown): void {
  if (!(answer as { access_token?: string }).access_token) throw new Error("no token");
}

if (/token-process\.[jt]s$/.test(process.argv[1] ?? "")) await main();
