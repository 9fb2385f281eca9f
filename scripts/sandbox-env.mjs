// Where the sandbox listens, and the settings that make a Tidemark server take it for Amazon.
import { resolve } from "node:path";
import { root } from "./project.mjs";

const regions = ["NA", "EU", "FE"];

/** The settings of this start, read from the environment once. */
export function settings(env = process.env) {
  const port = Number(env.PORT || 3000);
  const production = env.AMAZON_ENVIRONMENT === "production";
  return {
    port,
    host: env.HOST || "127.0.0.1",
    role: env.PROCESS_ROLE || "all",
    dataDir: resolve(root, env.TIDEMARK_DATA_DIR || ".data"),
    production,
    sandboxPort: Number(env.SANDBOX_PORT || 4000),
    // Someone who names other hosts already runs a sandbox somewhere.
    ownSandbox: !production && !env.AMAZON_API_URL_NA,
  };
}

/** Environment of the sandbox's process. */
export function sandboxEnv({ port, sandboxPort, dataDir }, env = process.env) {
  const origins = new Set([`http://localhost:${port}`, `http://127.0.0.1:${port}`]);
  if (env.PUBLIC_URL) origins.add(env.PUBLIC_URL.replace(/\/$/, ""));
  const urls = [...origins].flatMap((origin) =>
    regions.map((region) => `${origin}/connections/callback/${region.toLowerCase()}`),
  );
  return {
    ...env,
    SANDBOX_PORT: String(sandboxPort),
    SANDBOX_STATE_DIR: env.SANDBOX_STATE_DIR || `${dataDir}/sandbox`,
    SANDBOX_RETURN_URLS: env.SANDBOX_RETURN_URLS || urls.join(","),
  };
}

/** What a server needs to know of the sandbox: its hosts, and the client it registered for us. */
export function amazonEnv({ sandboxPort }, { clientId, clientSecret }) {
  const hosts = regions.flatMap((region, index) => {
    const origin = `http://localhost:${sandboxPort + index}`;
    return [
      [`AMAZON_AUTHORIZE_URL_${region}`, `${origin}/ap/oa`],
      [`AMAZON_TOKEN_URL_${region}`, `${origin}/auth/o2/token`],
      [`AMAZON_API_URL_${region}`, origin],
    ];
  });
  return {
    AMAZON_ENVIRONMENT: "sandbox",
    AMAZON_CLIENT_ID: clientId,
    AMAZON_CLIENT_SECRET: clientSecret,
    ...Object.fromEntries(hosts),
  };
}

/** The client the sandbox registered; undefined when no sandbox answers. */
export async function sandboxClient({ sandboxPort }) {
  try {
    const response = await fetch(`http://127.0.0.1:${sandboxPort}/_sandbox/credentials`, {
      signal: AbortSignal.timeout(2000),
    });
    if (!response.ok) return undefined;
    const body = await response.json();
    return { clientId: body.clientId, clientSecret: body.clientSecret };
  } catch {
    return undefined;
  }
}
