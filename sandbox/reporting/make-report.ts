import type { Edits } from "../dsp/edits";
import type { World } from "../world/types";
import type { Report } from "./desk";
import { type LegacyBody, planLegacy } from "./plan-legacy";
import { planV3, type V3Body } from "./plan-v3";
import { reportRows } from "./rows";
import { type Written, writeReport } from "./write-file";

/** Writes a report's file as of the moment it was generated at. */
export async function makeReport(of: { world: World; edits: Edits; report: Report }, path: string): Promise<Written> {
  const { world, edits, report } = of;
  const advertisers = report.advertiserIds.flatMap(
    (id) => world.advertisers.find((advertiser) => advertiser.advertiserId === id) ?? [],
  );
  const plan =
    report.dialect === "v3"
      ? planV3(report.body as V3Body, advertisers)
      : planLegacy(report.body as LegacyBody, advertisers);
  return await writeReport(plan, reportRows(plan, { world, edits, asOf: report.generatedAt ?? Date.now() }), path);
}
