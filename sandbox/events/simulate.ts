import { setImmediate } from "node:timers/promises";
import { mix } from "../world/random";
import type { Channel, Role } from "./channels";
import { draw } from "./draws";
import type { Panel } from "./panel";

// One life per person: intent comes and goes, advertising is seen and remembered, and sometimes something is bought.

export const KINDS = ["order", "detailPageView", "shoppingCart", "searchConversion", "checkout"] as const;
type ConversionKind = (typeof KINDS)[number];

export interface Exposure {
  person: number;
  day: number;
  /** position among the channels */
  channel: number;
  /** for draws about this one alone */
  key: number;
}

export interface Conversion {
  person: number;
  day: number;
  kind: ConversionKind;
  newToBrand: boolean;
  /** a repeat delivery of a subscription */
  subscription: boolean;
  key: number;
}

export interface Sink {
  exposed(exposure: Exposure): void;
  converted(conversion: Conversion): void;
}

export interface Setting {
  panel: Panel;
  channels: readonly Channel[];
  /** by channel, then day: the chance that an average person sees it that day */
  chances: readonly Float64Array[];
  /** demand for the product by day; mean about 1 */
  demand: Float64Array;
  /** this channel is switched off: what would have happened without it */
  without?: Role | undefined;
}

const ask = {
  shock: 1,
  size: 2,
  order: 3,
  detail: 4,
  cart: 5,
  search: 6,
  checkout: 7,
  subscribe: 8,
  cancel: 9,
} as const;
const ASK_EXPOSURE = 20;

const BASE_RATE = 0.00022;
const SHOCK_RATE = 0.01;
const INTENT_KEPT = 0.8;
/** of shocks of mean size 1 */
const MEAN_INTENT = SHOCK_RATE / (1 - INTENT_KEPT);
const INTENT_EFFECT = 0.0045;
const CUSTOMER_FACTOR = 1.6;
/** impressions remembered */
const FORGOTTEN = 0.01;
const SUBSCRIBE_SHARE = 0.12;
const CANCEL_SHARE = 0.2;
const SUBSCRIPTION_DAYS = 30;

/** People are lived through in batches, so that a server beside this can answer. */
const BATCH = 250;

export async function simulate(setting: Setting, sink: Sink): Promise<void> {
  for (let person = 0; person < setting.panel.size; person += 1) {
    if (person % BATCH === 0) await setImmediate();
    live(setting, person, sink);
  }
}

function live(setting: Setting, person: number, sink: Sink): void {
  const { panel, channels, demand } = setting;
  const own = panel.keys[person] ?? 0;
  const propensity = panel.propensity[person] ?? 1;
  const mind = { memory: new Float64Array(channels.length), intent: 0, moved: 0, video: 0 };
  let customer = panel.customer[person] === 1;
  let subscribedOn = -1;
  for (let day = 0; day < demand.length; day += 1) {
    const key = mix(own, day);
    mind.intent *= INTENT_KEPT;
    if (draw(key, ask.shock) < SHOCK_RATE) mind.intent -= Math.log(draw(key, ask.size) + 1e-9);
    expose(setting, { person, day, key, mind }, sink);
    const { intent, moved, video } = mind;
    const drive = (demand[day] ?? 1) * propensity;
    const buys = drive * (BASE_RATE * (customer ? CUSTOMER_FACTOR : 1) + intent * INTENT_EFFECT + moved);
    const looks = drive * (0.0015 + intent * 0.05 + moved * 6);
    const due = subscribedOn >= 0 && day > subscribedOn && (day - subscribedOn) % SUBSCRIPTION_DAYS === 0;
    const orders = draw(key, ask.order) < buys;
    const life = { person, day, key, newToBrand: !customer, subscription: due };
    if (orders || draw(key, ask.detail) < looks) convert(sink, life, "detailPageView");
    if (orders || draw(key, ask.cart) < looks * 0.25) convert(sink, life, "shoppingCart");
    if (draw(key, ask.search) < drive * (0.0004 + intent * 0.012 + video * 0.002))
      convert(sink, life, "searchConversion");
    if (draw(key, ask.checkout) < buys * 0.12) convert(sink, life, "checkout");
    if (due && draw(key, ask.cancel) < CANCEL_SHARE) subscribedOn = -1;
    else if (orders || due) {
      convert(sink, life, "order");
      customer = true;
      if (!due && draw(key, ask.subscribe) < SUBSCRIBE_SHARE) subscribedOn = day;
    }
  }
}

function convert(sink: Sink, life: Omit<Conversion, "kind">, kind: ConversionKind): void {
  sink.converted({ ...life, kind, key: mix(life.key, 2000 + KINDS.indexOf(kind)) });
}

interface Moment {
  person: number;
  day: number;
  key: number;
  mind: { memory: Float64Array; intent: number; moved: number; video: number };
}

/** Shows the day's advertising, and sets how much all that is remembered moves the person to buy. */
function expose({ panel, channels, chances, without }: Setting, { person, day, key, mind }: Moment, sink: Sink): void {
  const { memory, intent } = mind;
  mind.moved = 0;
  mind.video = 0;
  for (let at = 0; at < channels.length; at += 1) {
    const channel = channels[at] as Channel;
    let remembered = (memory[at] ?? 0) * channel.kept;
    if (channel.role !== without) {
      const pull = 1 - channel.followsIntent + (channel.followsIntent * intent) / MEAN_INTENT;
      const searched = channel.role === "sponsoredProducts" ? 1 + mind.video : 1;
      const affinity = panel.affinity[person * channels.length + at] ?? 0;
      const chance = Math.min(0.9, (chances[at]?.[day] ?? 0) * affinity * pull * searched);
      const die = chance === 0 ? 1 : draw(key, ASK_EXPOSURE + at);
      const seen = die >= chance ? 0 : die < chance * 0.08 ? 3 : die < chance * 0.3 ? 2 : 1;
      for (let turn = 0; turn < seen; turn += 1) {
        sink.exposed({ person, day, channel: at, key: mix(key, 1000 + at * 8 + turn) });
      }
      remembered += seen;
    }
    memory[at] = remembered < FORGOTTEN ? 0 : remembered;
    if (memory[at] === 0) continue;
    const effect = 1 - Math.exp(-remembered / channel.saturation);
    mind.moved += channel.effect * effect;
    if (channel.video) mind.video += effect;
  }
}
