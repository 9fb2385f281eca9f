// A process of its own that does one errand of the connections slice, for tests with several of them or that kill one.
// Prints "ready", waits for a line on standard input, then prints one JSON line: what came of it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { RunningSandbox } from "../../sandbox/index";
import { accessToken, completeOAuth } from "../../server/connections";
import { discoverAccountsJob } from "../../server/connections/jobs";
import type { Ctx } from "../../server/core/context";
import { createVault } from "../../server/core/crypto/vault";
import { openDatabase } from "../../server/core/db/connect";
import { projectRoot } from "../../server/core/project-root";
import { amazonServices, testKey } from "./amazon-user";
import { aCtx, aSource, asOwner } from "./ctx";

export interface Place {
  appUrl: string;
  agencyId: string;
  sandbox: Pick<RunningSandbox, "urls" | "clientId" | "clientSecret">;
}

export type Errand =
  | { kind: "tokens"; connectionId: string; callers: number }
  | { kind: "discover"; connectionId: string }
  | { kind: "callback"; search: string; sessionId: string };

/** Starts the process; with `failpoint` it dies at that step. */
export function connectionProcess(place: Place, errand: Errand, failpoint = "") {
  const { urls, clientId, clientSecret } = place.sandbox;
  const whole = { ...place, sandbox: { urls, clientId, clientSecret }, errand, key: testKey };
  const script = join(projectRoot(), "tests/support/connection-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, JSON.stringify(whole)], {
    env: { ...process.env, TIDEMARK_FAILPOINT: failpoint },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => lines.push(...chunk.toString().split("\n").filter(Boolean)));
  return {
    ready: once(child.stdout, "data"),
    go: () => child.stdin.write("go\n"),
    /** Its last line, or null where it was killed. */
    result: async () => {
      const [, signal] = (await once(child, "exit")) as [number | null, string | null];
      return signal ? null : (JSON.parse(lines.at(-1) ?? "null") as unknown);
    },
  };
}

async function run(ctx: Ctx, errand: Errand): Promise<unknown> {
  switch (errand.kind) {
    case "tokens": {
      const asked = Array.from({ length: errand.callers }, () => accessToken(ctx, errand.connectionId));
      return (await Promise.all(asked)).map((access) => access.version);
    }
    case "discover":
      return (await discoverAccountsJob.run(ctx, { connectionId: errand.connectionId })) ?? "done";
    case "callback":
      return completeOAuth(ctx, { region: "NA", search: errand.search });
    default:
      return errand satisfies never;
  }
}

async function main(argument: string): Promise<void> {
  const { appUrl, agencyId, sandbox, errand, key } = JSON.parse(argument) as Place & { errand: Errand; key: string };
  const database = openDatabase(appUrl);
  const services = amazonServices(sandbox, { vault: createVault({ keys: [key] }) });
  const source = aSource(database, { services, clock: () => new Date() });
  const sessionId = errand.kind === "callback" ? errand.sessionId : undefined;
  const ctx = aCtx(source, agencyId, sessionId ? { memberships: asOwner, sessionId } : {});
  process.stdout.write("ready\n");
  await once(process.stdin, "data");
  process.stdout.write(`${JSON.stringify(await run(ctx, errand))}\n`);
  process.exit(0);
}

if (process.argv[1]?.endsWith("connection-process.ts") && process.argv[2]) await main(process.argv[2]);
