import type { World } from "../world/types";
import { sceneOf } from "./advertiser-facts";
import { isSponsored, type Role, roleOf } from "./channels";
import { type Setting, simulate } from "./simulate";

// The planted truth of advertising: what identified people would not have bought without a channel.

interface ChannelEffect {
  channel: Role;
  /** of DSP channels */
  campaignIds: string[];
  /** to identified people */
  impressions: number;
  people: number;
  /** orders of identified people that would not be there with this channel off, everything else as it was */
  incrementalOrders: number;
  incrementalNewToBrandOrders: number;
  /** impressions, of those still remembered, that bring 63 % of the effect; three times as many bring 95 % */
  saturation: number;
  halfLifeDays: number;
}

export interface Effects {
  advertiserId: string;
  asOf: string;
  people: number;
  /** of identified people, whatever brought them */
  orders: number;
  newToBrandOrders: number;
  channels: ChannelEffect[];
}

interface Outcome {
  orders: number;
  newToBrandOrders: number;
  impressions: number[];
  people: Set<number>[];
}

/** undefined: no such advertiser. Lives all lives again once a channel: seconds of work. */
export async function effectsOf(
  world: World,
  of: { advertiserId: string; people: number; asOf: number },
): Promise<Effects | undefined> {
  const advertiser = world.advertisers.find((candidate) => candidate.advertiserId === of.advertiserId);
  if (!advertiser) return undefined;
  const { setting, leaves } = sceneOf(world, advertiser, of);
  const base = await outcomeOf(setting);
  const campaigns = [...new Set(leaves.map((leaf) => leaf.adGroup.campaign))];
  const channels: ChannelEffect[] = [];
  for (const [at, { role, saturation, halfLifeDays }] of setting.channels.entries()) {
    const without = await outcomeOf({ ...setting, without: role });
    const own = isSponsored(role) ? [] : campaigns.filter((campaign) => roleOf(campaign) === role);
    channels.push({
      channel: role,
      campaignIds: own.map((campaign) => campaign.campaignId),
      impressions: base.impressions[at] ?? 0,
      people: base.people[at]?.size ?? 0,
      incrementalOrders: base.orders - without.orders,
      incrementalNewToBrandOrders: base.newToBrandOrders - without.newToBrandOrders,
      saturation,
      halfLifeDays,
    });
  }
  return {
    advertiserId: of.advertiserId,
    asOf: new Date(of.asOf).toISOString(),
    people: of.people,
    orders: base.orders,
    newToBrandOrders: base.newToBrandOrders,
    channels,
  };
}

async function outcomeOf(setting: Setting): Promise<Outcome> {
  const outcome: Outcome = {
    orders: 0,
    newToBrandOrders: 0,
    impressions: setting.channels.map(() => 0),
    people: setting.channels.map(() => new Set()),
  };
  await simulate(setting, {
    exposed({ channel, person }) {
      outcome.impressions[channel] = (outcome.impressions[channel] ?? 0) + 1;
      outcome.people[channel]?.add(person);
    },
    converted({ kind, newToBrand }) {
      if (kind !== "order") return;
      outcome.orders += 1;
      if (newToBrand) outcome.newToBrandOrders += 1;
    },
  });
  return outcome;
}
