import { M } from "../world/measures";
import { draw } from "./draws";
import type { Fact } from "./facts";
import type { Ledger } from "./ledger";

// Impressions taken from a leaf's day, with all that is counted on them.

const VIDEO = [
  ["start", M.videoAdStart, 0.98],
  ["firstQuartile", M.videoAdFirstQuartile, 0.93],
  ["midpoint", M.videoAdMidpoint, 0.86],
  ["thirdQuartile", M.videoAdThirdQuartile, 0.82],
  ["complete", M.videoAdComplete, 0.79],
] as const;

const COSTS = [
  ["supplyCost", M.supplyCost],
  ["audienceFee", M.amazonDSPAudienceFee],
  ["platformFee", M.amazonDSPConsoleFee],
  ["managedFee", M.agencyFee],
  ["thirdPartyFee", M["3pFeeDoubleVerify"]],
] as const;

const OTHERS = [
  ["measurable", M.measurableImpressions],
  ["viewable", M.viewableImpressions],
  ["mute", M.videoAdMute],
  ["pause", M.videoAdPause],
] as const;

const ask = { measure: 45, view: 43, video: 49, mute: 50, pause: 51 } as const;

/** One: whether it was viewable, and how far it was watched, is drawn by its key. */
export function takeImpression(ledger: Ledger, cell: number, key: number): Fact {
  const shown: Fact = { impressions: 1 };
  takeCosts(ledger, shown, { cell, count: 1 });
  ledger.take(cell, M.impressions, 1);
  shown.measurable = draw(key, ask.measure) < 0.95 ? ledger.take(cell, M.measurableImpressions, 1) : 0;
  if (shown.measurable === 1 && draw(key, ask.view) < 0.7) shown.viewable = ledger.take(cell, M.viewableImpressions, 1);
  if (ledger.left(cell, M.videoAdStart) === 0) return shown;
  // One die for all: who saw the end saw the middle.
  const watched = draw(key, ask.video);
  for (const [name, measure, chance] of VIDEO) if (watched < chance) shown[name] = ledger.take(cell, measure, 1);
  if (draw(key, ask.mute) < 0.04) shown.mute = ledger.take(cell, M.videoAdMute, 1);
  if (draw(key, ask.pause) < 0.01) shown.pause = ledger.take(cell, M.videoAdPause, 1);
  return shown;
}

/** Many: the like share of everything. */
export function takeImpressions(ledger: Ledger, cell: number, count: number): Fact {
  const part = { count, of: ledger.left(cell, M.impressions) };
  const shown: Fact = { impressions: count };
  takeCosts(ledger, shown, { cell, count });
  for (const [name, measure] of OTHERS) shown[name] = ledger.share(cell, measure, part);
  for (const [name, measure] of VIDEO) shown[name] = ledger.share(cell, measure, part);
  ledger.take(cell, M.impressions, count);
  return shown;
}

function takeCosts(ledger: Ledger, shown: Fact, { cell, count }: { cell: number; count: number }): void {
  const part = { count, of: ledger.left(cell, M.impressions) };
  for (const [name, measure] of COSTS) shown[name] = ledger.share(cell, measure, part);
}
