import { type AmcTable, amcTables, findTable } from "../../packages/amc-engine";
import { eventTables } from "../events/tables";
import { uploadedTables } from "../events/tables/uploaded";
import type { Holding } from "../events/warehouse";
import type { Sandbox } from "../sandbox";
import { buildWorld } from "../world/build-world";
import type { World } from "../world/types";
import type { Instance } from "./book";

// What an instance can be asked about: its tables, and whose events they hold.

/** What a sandbox instance has (contracts.md 5.6). */
const TRIAL_TABLES = [
  "dsp_impressions",
  "dsp_clicks",
  "dsp_views",
  "dsp_impressions_by_matched_segments",
  "dsp_impressions_by_user_segments",
  "amazon_attributed_events_by_conversion_time",
  "amazon_attributed_events_by_traffic_time",
  "sponsored_ads_traffic",
  "conversions",
  "conversions_with_relevance",
];

const FREE_TABLES = amcTables.filter(({ name, paid }) => name in eventTables && !paid).map(({ name }) => name);

export function tablesOf({ instanceType, uploads, datasets }: Instance): string[] {
  if (instanceType === "SANDBOX") return TRIAL_TABLES;
  const twins = FREE_TABLES.map((name) => `${name}_for_audiences`).filter((name) => findTable(name) !== undefined);
  return [...FREE_TABLES, ...twins, ...uploads, ...datasets.flatMap(({ tables }) => tables)];
}

/** The instance's own among its tables. */
export const uploadedOf = ({ uploads }: Instance): AmcTable[] =>
  uploadedTables.filter(({ name }) => uploads.includes(name));

export function holdingOf({ world }: Sandbox, { instanceId, instanceType, advertisers }: Instance): Holding {
  if (instanceType === "SANDBOX") {
    const synthetic = syntheticWorld(world);
    return {
      instanceId,
      advertiserIds: synthetic.advertisers.map(({ advertiserId }) => advertiserId),
      world: synthetic,
    };
  }
  const ids = new Set(advertisers.map(({ id }) => id));
  const held = world.advertisers.filter(({ advertiserId }) => ids.has(advertiserId));
  return { instanceId, advertiserIds: held.map(({ advertiserId }) => advertiserId), world };
}

let made: { of: World; synthetic: World } | undefined;

/** Synthetic data is of an advertiser that is nobody's: a small world of its own. */
function syntheticWorld(world: World): World {
  if (made?.of !== world) {
    const { seed, anchor, months } = world;
    made = { of: world, synthetic: buildWorld({ seed: seed + 1_000_003, brands: 1, campaigns: 4, months, anchor }) };
  }
  return made.synthetic;
}
