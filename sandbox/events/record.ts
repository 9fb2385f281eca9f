import { M } from "../world/measures";
import { mix } from "../world/random";
import type { Leaf } from "../world/types";
import type { Channel } from "./channels";
import { claimOne, ORDER, UNCREDITED } from "./credit";
import type { Days } from "./days";
import { draw, timeOfDay } from "./draws";
import { type Fact, type Facts, NOBODY, NONE } from "./facts";
import { takeImpression } from "./impressions";
import type { Ledger } from "./ledger";
import { geoOf, priceOf, productOf, supplyOf, techOf } from "./places";
import { type Conversion, type Exposure, KINDS, type Sink } from "./simulate";
import type { Target } from "./sponsored";

// Writes down what identified people saw and did, and credits each conversion to the last touch of 14 days, a click before a view.

interface Story {
  leaves: readonly Leaf[];
  targets: readonly Target[];
  channels: readonly Channel[];
  days: Days;
  keys: Uint32Array;
  ledger: Ledger;
  asOf: number;
}

interface Touch extends Fact {
  at: number;
}

interface Memory {
  person: number;
  click: Touch | undefined;
  view: Touch | undefined;
  /** the last thing the person did */
  latest: number;
}

const ask = { hour: 41, leaf: 42, view: 43, click: 44, unknown: 46, target: 47, units: 48 } as const;
const LOOKBACK_MS = 14 * 86_400_000;
/** Of sponsored traffic, what nobody is known to have seen. */
const UNKNOWN_SHARE = 0.06;
/** Identified people click this much more often than the world's average. */
const CLICK_FACTOR = 4;

export function recorder(story: Story, facts: Facts): Sink {
  const memory: Memory = { person: NOBODY, click: undefined, view: undefined, latest: 0 };
  const turnTo = (person: number) => {
    if (memory.person !== person) Object.assign(memory, { person, click: undefined, view: undefined, latest: 0 });
  };
  return {
    exposed(exposure) {
      turnTo(exposure.person);
      const channel = story.channels[exposure.channel] as Channel;
      const start = story.days.start(exposure.day);
      // The last minutes of a day are kept free: a conversion of the day comes after what was seen on it.
      const length = story.days.start(exposure.day + 1) - start - 600_000;
      const at = Math.floor(start + timeOfDay(exposure.key, ask.hour) * length);
      if (at >= story.asOf) return;
      memory.latest = Math.max(memory.latest, at);
      if (channel.leaves.length > 0) show(story, facts, { exposure, channel, at, memory });
      else sponsor(story, facts, { exposure, channel, at, memory });
    },
    converted(conversion) {
      turnTo(conversion.person);
      const start = story.days.start(conversion.day);
      const drawn = start + timeOfDay(conversion.key, ask.hour) * (story.days.start(conversion.day + 1) - start);
      const at = Math.floor(Math.max(drawn, memory.latest + 45_000));
      if (at >= story.asOf) return;
      memory.latest = at;
      convert(story, facts, { conversion, at, memory });
    },
  };
}

interface Shown {
  exposure: Exposure;
  channel: Channel;
  at: number;
  memory: Memory;
}

function show({ ledger, leaves, days, keys }: Story, facts: Facts, { exposure, channel, at, memory }: Shown): void {
  const { person, day, key } = exposure;
  const leaf = leafOn(ledger, channel, { day, die: draw(key, ask.leaf) });
  if (leaf === NONE) return;
  const cell = ledger.cell(leaf, day);
  const owner = keys[person] ?? 0;
  const local = days.local(at);
  const place = {
    leaf,
    person,
    at,
    local,
    supply: supplyOf(key),
    tech: techOf(owner, { key, television: channel.role === "streamingTv" }),
    geo: geoOf(owner),
  };
  const shown = takeImpression(ledger, cell, key);
  facts.add("shown", place, shown);
  const touch = { ...place, cell, clicked: 0, target: NONE };
  if (shown.viewable === 1 && at >= (memory.view?.at ?? 0)) memory.view = touch;
  const rate = (leaves[leaf]?.clickRate ?? 0) * CLICK_FACTOR;
  if (draw(key, ask.click) >= rate || ledger.take(cell, M.clicks, 1) < 1) return;
  const clickedAt = at + 1000 + Math.floor(draw(key, ask.view) * 60_000);
  const clickedLocal = local + clickedAt - at;
  facts.add("clicked", { at: clickedAt, local: clickedLocal, shownAt: at, shownLocal: local, clicks: 1 }, place);
  memory.latest = Math.max(memory.latest, clickedAt);
  if (clickedAt >= (memory.click?.at ?? 0)) memory.click = { ...touch, at: clickedAt, local: clickedLocal, clicked: 1 };
}

/** A leaf of the channel that delivers on the day; NONE where none does. */
function leafOn(ledger: Ledger, { leaves }: Channel, of: { day: number; die: number }): number {
  const first = Math.floor(of.die * leaves.length);
  for (let turn = 0; turn < leaves.length; turn += 1) {
    const leaf = leaves[(first + turn) % leaves.length] ?? NONE;
    if (ledger.left(ledger.cell(leaf, of.day), M.impressions) >= 1) return leaf;
  }
  return NONE;
}

function sponsor({ targets, days, keys }: Story, facts: Facts, { exposure, channel, at, memory }: Shown): void {
  const { person, key } = exposure;
  const own = targets.flatMap((target, index) => (target.role === channel.role ? [index] : []));
  const index = own[Math.floor(draw(key, ask.target) * own.length)];
  const target = index === undefined ? undefined : targets[index];
  if (index === undefined || !target) return;
  const clicks = draw(key, ask.click) < target.clickRate ? 1 : 0;
  const local = days.local(at);
  const tech = techOf(keys[person] ?? 0, { key, television: false });
  const known = draw(key, ask.unknown) < UNKNOWN_SHARE ? NOBODY : person;
  const viewable = draw(key, ask.view) < 0.7 || clicks === 1 ? 1 : 0;
  const spend = clicks * target.centsPerClick * 1000;
  facts.add("sponsored", { target: index, person: known, at, local, tech, impressions: 1, clicks, spend, viewable });
  if (clicks === 0 || at < (memory.click?.at ?? 0)) return;
  const geo = geoOf(keys[person] ?? 0);
  memory.click = { at, local, clicked: 1, leaf: NONE, target: index, supply: NONE, tech, geo, cell: NONE };
}

interface Converted {
  conversion: Conversion;
  at: number;
  memory: Memory;
}

function convert(story: Story, facts: Facts, { conversion, at, memory }: Converted): void {
  const kind = KINDS.indexOf(conversion.kind);
  const product = productOf(mix(conversion.key, ask.units));
  const units = draw(conversion.key, ask.units) < 0.15 ? 2 : 1;
  const newToBrand = conversion.newToBrand ? 1 : 0;
  const own: Fact = {
    person: conversion.person,
    at,
    local: story.days.local(at),
    kind,
    product,
    newToBrand,
    subscription: conversion.subscription ? 1 : 0,
    conversions: 1,
    units: kind === ORDER ? units : 0,
    sales: kind === ORDER ? units * priceOf(product) * 1000 : 0,
  };
  const touch = [memory.click, memory.view].find((candidate) => candidate && at - candidate.at <= LOOKBACK_MS);
  facts.add("converted", touch ? credited(story, touch, own) : UNCREDITED, own);
}

/** Sponsored ads are credited freely; a leaf only with what its day still has to give. */
function credited({ ledger, targets }: Story, touch: Touch, own: Fact): Fact {
  const { kind = 0, product, newToBrand, units = 0, sales = 0 } = own;
  const { leaf = NONE, target = NONE, supply = NONE, tech = NONE, geo = NONE, clicked = 0, cell = NONE } = touch;
  const where = { leaf, target, clicked, trafficAt: touch.at, trafficLocal: touch.local ?? 0, supply, tech, geo };
  if (leaf !== NONE) {
    const halo =
      product !== leaf % 3 && kind !== KINDS.indexOf("searchConversion") && kind !== KINDS.indexOf("checkout");
    const claim = { kind, cell, clicked: clicked === 1, newToBrand: newToBrand === 1 };
    const fact = claimOne(ledger, { ...claim, halo }) ?? claimOne(ledger, { ...claim, halo: !halo });
    return fact ? Object.assign(where, fact) : UNCREDITED;
  }
  const halo = targets[target]?.product !== product;
  const fresh = kind === ORDER ? newToBrand : 0;
  return halo
    ? {
        ...where,
        halo: 1,
        haloUnits: units,
        haloSales: sales,
        newHalo: fresh ?? 0,
        newHaloUnits: fresh ? units : 0,
        newHaloSales: fresh ? sales : 0,
      }
    : {
        ...where,
        own: 1,
        ownUnits: units,
        ownSales: sales,
        newOwn: fresh ?? 0,
        newOwnUnits: fresh ? units : 0,
        newOwnSales: fresh ? sales : 0,
      };
}
