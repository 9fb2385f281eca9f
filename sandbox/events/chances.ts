import { leafDay, seenAt } from "../world/leaf-day";
import { emptyValues, M } from "../world/measures";
import { demandOn } from "../world/seasons";
import type { Leaf } from "../world/types";
import { type Channel, isSponsored } from "./channels";
import type { Days } from "./days";

export interface Delivery {
  channels: readonly Channel[];
  leaves: readonly Leaf[];
  days: Days;
  /** impressions an identified person sees over all days, on average */
  perPerson: number;
}

/** of an exposed day, as `simulate` throws its dice */
const SEEN_A_DAY = 1.38;

/** By channel, then day: people see a channel in proportion to what it delivers that day, planted anomalies included. */
export function chancesOf({ channels, leaves, days, perPerson }: Delivery): Float64Array[] {
  const shares = channels.reduce((sum, channel) => sum + channel.share, 0);
  return channels.map((channel) => {
    const volume = isSponsored(channel.role) ? demandOf(days) : volumeOf(channel, leaves, days);
    const total = volume.reduce((sum, value) => sum + value, 0);
    const wanted = (perPerson * channel.share) / shares / SEEN_A_DAY;
    return volume.map((value) => (total === 0 ? 0 : (wanted * value) / total));
  });
}

function volumeOf(channel: Channel, leaves: readonly Leaf[], days: Days): Float64Array {
  const values = emptyValues();
  return Float64Array.from(days.names, (name) => {
    // The day's final numbers: whether it is over already must not change who sees what.
    const seen = { ...seenAt(name, "UTC", Number.MAX_SAFE_INTEGER) };
    let impressions = 0;
    for (const at of channel.leaves) {
      const leaf = leaves[at];
      if (leaf && leafDay(leaf, seen, values)) impressions += values[M.impressions] ?? 0;
    }
    return impressions;
  });
}

export const demandOf = (days: Days): Float64Array =>
  Float64Array.from(days.names, (name) => {
    const { traffic, conversions } = demandOn(name);
    return traffic * conversions;
  });
