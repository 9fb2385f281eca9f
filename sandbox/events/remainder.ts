import { setImmediate } from "node:timers/promises";
import { ageAt } from "../world/maturity";
import { M } from "../world/measures";
import { mix } from "../world/random";
import type { Leaf } from "../world/types";
import { CONVERSIONS, claimMany, ORDER } from "./credit";
import type { Days } from "./days";
import { draw, timeOfDay } from "./draws";
import { type Facts, NOBODY, NONE } from "./facts";
import { takeImpressions } from "./impressions";
import type { Ledger } from "./ledger";
import { geoOf, productOf, supplyOf, techOf } from "./places";

// What the world delivered to people nobody knows: few rows with large counts, spread over hours, places and devices.

interface Rest {
  leaves: readonly Leaf[];
  days: Days;
  ledger: Ledger;
  asOf: number;
}

const ROWS_A_DAY = 5;
const CLICK_ROWS_A_DAY = 2;
const ATTRIBUTION_DAYS = 14;
const ask = { hour: 61, lag: 62 } as const;

/** A leaf at a time, so that a server beside this can answer. */
export async function writeRemainder(rest: Rest, facts: Facts): Promise<void> {
  for (const [index, leaf] of rest.leaves.entries()) {
    await setImmediate();
    for (let day = 0; day < rest.days.names.length; day += 1) {
      const cell = rest.ledger.cell(index, day);
      const key = mix(mix(leaf.key, 77), day);
      const spot: Spot = { leaf, index, day, cell, key };
      writeTraffic(rest, facts, spot);
      for (let kind = 0; kind < CONVERSIONS.length; kind += 1) {
        for (const clicked of [false, true]) writeConversions(rest, facts, { ...spot, kind, clicked });
      }
    }
  }
}

interface Spot {
  leaf: Leaf;
  index: number;
  day: number;
  cell: number;
  key: number;
}

function placed({ days, asOf }: Rest, { leaf, index, day }: Spot, key: number) {
  const start = days.start(day);
  const end = Math.min(asOf, days.start(day + 1));
  const at = Math.floor(start + timeOfDay(key, ask.hour) * (end - start - 1));
  const television = leaf.adGroup.campaign.inventory === "STREAMING_TV";
  const tech = techOf(key, { key, television });
  return { leaf: index, person: NOBODY, at, local: days.local(at), supply: supplyOf(key), tech, geo: geoOf(key) };
}

function writeTraffic(rest: Rest, facts: Facts, spot: Spot): void {
  const { ledger } = rest;
  for (let row = 0; row < ROWS_A_DAY; row += 1) {
    const left = ledger.left(spot.cell, M.impressions);
    const count = row === ROWS_A_DAY - 1 ? left : Math.ceil(left / (ROWS_A_DAY - row));
    if (count === 0) break;
    facts.add("shown", placed(rest, spot, mix(spot.key, row)), takeImpressions(ledger, spot.cell, count));
  }
  for (let row = 0; row < CLICK_ROWS_A_DAY; row += 1) {
    const left = ledger.left(spot.cell, M.clicks);
    const clicks = ledger.take(spot.cell, M.clicks, Math.ceil(left / (CLICK_ROWS_A_DAY - row)));
    if (clicks === 0) break;
    const place = placed(rest, spot, mix(spot.key, 20 + row));
    facts.add("clicked", place, { shownAt: place.at, shownLocal: place.local, clicks });
  }
}

interface Kind extends Spot {
  kind: number;
  clicked: boolean;
}

function writeConversions(rest: Rest, facts: Facts, spot: Kind): void {
  const { ledger } = rest;
  const { kind, clicked, cell } = spot;
  const { own, halo } = CONVERSIONS[kind] as (typeof CONVERSIONS)[number];
  const touch = clicked ? 1 : 0;
  if (kind === ORDER) {
    const fresh = ledger.left(cell, M.newToBrandPurchasesViews + touch);
    const freshHalo = ledger.left(cell, M.newToBrandPurchasesBrandHaloViews + touch);
    write(rest, facts, { spot, newToBrand: true, own: fresh, halos: freshHalo });
  }
  const halos = halo === undefined ? 0 : ledger.left(cell, halo + touch);
  write(rest, facts, { spot, newToBrand: false, own: ledger.left(cell, own + touch), halos });
}

interface Many {
  spot: Kind;
  newToBrand: boolean;
  own: number;
  halos: number;
}

function write(rest: Rest, facts: Facts, { spot, newToBrand, own, halos }: Many): void {
  const { kind, clicked, cell, day } = spot;
  const fact = claimMany(rest.ledger, { kind, cell, clicked, newToBrand, own, halos });
  if (!fact) return;
  const key = mix(spot.key, 40 + kind * 4 + (clicked ? 2 : 0) + (newToBrand ? 1 : 0));
  const traffic = placed(rest, spot, key);
  const at = conversionAt(rest, { day, trafficAt: traffic.at, die: draw(key, ask.lag) });
  const told = {
    at,
    local: rest.days.local(at),
    trafficAt: traffic.at,
    trafficLocal: traffic.local,
    kind,
    product: productOf(key),
    target: NONE,
    clicked: clicked ? 1 : 0,
    newToBrand: newToBrand ? 1 : 0,
  };
  facts.add("converted", told, fact, traffic);
}

/** As late after the traffic as the world's reports learn of conversions, within the days of attribution. */
function conversionAt({ days, asOf }: Rest, of: { day: number; trafficAt: number; die: number }): number {
  const age = Math.min(ATTRIBUTION_DAYS, ageAt(of.die));
  const at = Math.max(of.trafficAt + 30_000, days.start(of.day) + age * 86_400_000);
  return Math.floor(Math.min(at, Math.max(asOf - 1, of.trafficAt)));
}
