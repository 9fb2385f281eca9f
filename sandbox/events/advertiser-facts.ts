import { hashText, mix } from "../world/random";
import type { Advertiser, Leaf, World } from "../world/types";
import { chancesOf, demandOf } from "./chances";
import { type Channel, channelsOf } from "./channels";
import { type Days, daysBetween } from "./days";
import { createFacts, type Facts } from "./facts";
import { openLedger } from "./ledger";
import { buildPanel } from "./panel";
import { recorder } from "./record";
import { writeRemainder } from "./remainder";
import { type Setting, simulate } from "./simulate";
import { type Target, targetsOf } from "./sponsored";

/** Impressions an identified person sees over all days, on average. */
const IMPRESSIONS_A_PERSON = 12;

interface Scene {
  advertiser: Advertiser;
  leaves: readonly Leaf[];
  targets: readonly Target[];
  channels: readonly Channel[];
  days: Days;
  setting: Setting;
}

/** The same people for all advertisers of a world. */
export function sceneOf(world: World, advertiser: Advertiser, of: { people: number; asOf: number }): Scene {
  const leaves = world.leaves.get(advertiser.advertiserId) ?? [];
  const first = leaves.map((leaf) => leaf.adGroup.campaign.startDay).sort()[0] ?? world.anchor;
  const days = daysBetween(first, of.asOf, advertiser.timezone);
  const channels = channelsOf(leaves);
  const panel = buildPanel(mix(hashText("people"), world.seed), of.people, channels);
  const chances = chancesOf({ channels, leaves, days, perPerson: IMPRESSIONS_A_PERSON });
  const setting = { panel, channels, chances, demand: demandOf(days) };
  return { advertiser, leaves, targets: targetsOf(world.seed, advertiser), channels, days, setting };
}

/** All that happened to the advertiser until `asOf`. Sums over it are those of the reports of that moment. */
export async function factsOf(scene: Scene, asOf: number): Promise<Facts> {
  const { advertiser, leaves, targets, channels, days, setting } = scene;
  const facts = createFacts();
  const ledger = openLedger(leaves, days, { zone: advertiser.timezone, asOf });
  const story = { leaves, targets, channels, days, keys: setting.panel.keys, ledger, asOf };
  await simulate(setting, recorder(story, facts));
  await writeRemainder({ leaves, days, ledger, asOf }, facts);
  return facts;
}
