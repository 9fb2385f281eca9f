// The HTTP surface over a test database: everything in front of the API, and the API.

import type { Database } from "../../server/core/db/connect";
import { amazonHosts, type Env } from "../../server/core/env";
import { createLog } from "../../server/core/log";
import { type RunningHttp, startHttp } from "../../server/http";
import { jobs } from "../../server/jobs";
import { knownDomains } from "../../server/workspace";
import { apiBuild } from "./api-build";
import { aSource, type SourceOverrides } from "./ctx";
import { anIdentity } from "./people";

interface ApiServerOptions extends SourceOverrides {
  env?: Partial<Env>;
}

export async function startApi(
  database: Database,
  options: ApiServerOptions = {},
): Promise<RunningHttp & { url: string }> {
  const { env: changed, log = createLog("silent") } = options;
  const source = aSource(database, { ...options, services: { publicUrl, ...options.services } });
  const identity = anIdentity(database, source.clock);
  const product = {
    ...source,
    identity,
    domains: knownDomains({ database, clock: source.clock, publicUrl }),
    jobs,
    log,
    ownerUrl: "",
    close: async () => {},
    env: { ...env, ...changed },
  };
  const http = await startHttp(product, apiBuild);
  return { ...http, url: `http://127.0.0.1:${http.port}/api/v1/` };
}

const publicUrl = "http://localhost:3000";

const env: Env = {
  port: 0,
  host: "127.0.0.1",
  publicUrl,
  role: "web",
  dataDir: "",
  encryptionKeys: [],
  encryptionScheme: "v1",
  logLevel: "silent",
  heartbeatSeconds: 5,
  production: true,
  // Callers of tests say where they come from.
  trustProxy: 1,
  apiLimits: { person: 10_000, key: 10_000, anonymous: 10_000, agency: 100_000 },
  mail: null,
  outgoingPrivateHosts: [],
  amazon: { environment: "sandbox", clientId: "", clientSecret: "", hosts: amazonHosts, tokenTimeoutSeconds: 10 },
};
