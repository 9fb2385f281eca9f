import { testKey } from "../../../tests/support/amazon-user";
import { bundle } from "../../bundle";
import type { SoakPlace } from "../place";
import { type LineProcess, startProcess } from "../processes";
import type { WorkerPlace } from "./worker";

/** @returns what starts a process of the agency; one that is given a failpoint dies at it */
export async function workersOf(
  { appUrl, sandbox: { urls, clientId, clientSecret } }: SoakPlace,
  agencyId: string,
): Promise<(failpoint?: string) => Promise<LineProcess>> {
  const program = await bundle("scripts/soak/amc/worker.ts");
  const place: WorkerPlace = { appUrl, agencyId, sandbox: { urls, clientId, clientSecret }, vaultKey: testKey };
  return (failpoint = "") => startProcess([program, JSON.stringify(place)], { TIDEMARK_FAILPOINT: failpoint });
}
