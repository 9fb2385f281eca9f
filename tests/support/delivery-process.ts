// A process of its own that delivers what waits for a person, for tests that kill it midway.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { openDatabase } from "../../server/core/db/connect";
import { projectRoot } from "../../server/core/project-root";
import { deliverJob } from "../../server/notifications/jobs";
import { aClock, aCtx, aSource } from "./ctx";

export interface DeliveryErrand {
  appUrl: string;
  agencyId: string;
  userId: string;
  smtpUrl: string;
  /** The process's clock stands at this moment. */
  now: string;
}

/** @returns the signal that ended it; null where it came to its end */
export async function deliveryProcess(errand: DeliveryErrand, failpoint: string): Promise<string | null> {
  const script = join(projectRoot(), "tests/support/delivery-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, JSON.stringify(errand)], {
    env: { ...process.env, TIDEMARK_FAILPOINT: failpoint },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [, signal] = (await once(child, "exit")) as [number | null, string | null];
  return signal;
}

async function main(argument: string): Promise<void> {
  const { appUrl, agencyId, userId, smtpUrl, now } = JSON.parse(argument) as DeliveryErrand;
  const services = { mail: { smtpUrl, from: "tidemark@agency.example" }, publicUrl: "https://tidemark.example.com" };
  const source = aSource(openDatabase(appUrl), { services, clock: aClock(now) });
  await deliverJob.run(aCtx(source, agencyId), { userId, channel: "email" });
  process.exit(0);
}

if (process.argv[1]?.endsWith("delivery-process.ts") && process.argv[2]) await main(process.argv[2]);
