// A process of its own that runs one job, for the soak that lets it die at a step.
import { systemContext } from "../../../server/context";
import { createVault } from "../../../server/core/crypto/vault";
import { openDatabase } from "../../../server/core/db/connect";
import {
  collectReportJob,
  learnMaturityJob,
  planDiscoveredJob,
  requestReportJob,
  syncEntitiesJob,
} from "../../../server/insights/jobs";
import { amazonServices } from "../../../tests/support/amazon-user";
import { aClock, aSource } from "../../../tests/support/ctx";
import type { WaitingJob } from "./office";

export const jobsOfSync = [syncEntitiesJob, requestReportJob, collectReportJob, planDiscoveredJob, learnMaturityJob];

interface Told {
  appUrl: string;
  agencyId: string;
  job: WaitingJob;
  moment: string;
  key: string;
  sandbox: Parameters<typeof amazonServices>[0];
}

async function main({ appUrl, agencyId, job: { name, input }, moment, key, sandbox }: Told): Promise<void> {
  const clock = aClock(moment);
  const services = amazonServices(sandbox, { clock, vault: createVault({ keys: [key] }) });
  const source = aSource(openDatabase(appUrl, { poolSize: 2 }), { clock, jobs: jobsOfSync, services });
  const job = jobsOfSync.find((one) => one.name === name);
  await job?.run(systemContext(source, { agencyId, job: name }), job.input.parse(input) as never);
  process.exit(0);
}

if (process.argv[1]?.endsWith("job-runner.ts") && process.argv[2]) await main(JSON.parse(process.argv[2]));
