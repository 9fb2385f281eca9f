import { mix } from "../world/random";
import type { Channel } from "./channels";
import { draw, lognormal } from "./draws";

// The identified people of an instance, and what does not change about them.

export interface Panel {
  size: number;
  keys: Uint32Array;
  /** how readily a person buys; mean 1 */
  propensity: Float64Array;
  /** who bought from the brand before the first day */
  customer: Uint8Array;
  /** how often a channel finds a person: by person, then channel; mean 1 */
  affinity: Float32Array;
}

const ask = { propensity: 1, customer: 2, affinity: 100 } as const;
const CUSTOMER_SHARE = 0.15;

export function buildPanel(seed: number, size: number, channels: readonly Channel[]): Panel {
  const panel: Panel = {
    size,
    keys: new Uint32Array(size),
    propensity: new Float64Array(size),
    customer: new Uint8Array(size),
    affinity: new Float32Array(size * channels.length),
  };
  for (let person = 0; person < size; person += 1) {
    const key = mix(seed, person);
    panel.keys[person] = key;
    const propensity = lognormal(key, ask.propensity, 0.8);
    panel.propensity[person] = propensity;
    panel.customer[person] = draw(key, ask.customer) < CUSTOMER_SHARE * Math.min(2, propensity) ? 1 : 0;
    channels.forEach((channel, at) => {
      // Those who stream little are never reached by streaming TV, and so on: reach saturates.
      const reachable = draw(key, ask.affinity + 50 + at) < 0.6 || channel.followsIntent > 0;
      const taste = lognormal(key, ask.affinity + at, 1.1) / (channel.followsIntent > 0 ? 1 : 0.6);
      panel.affinity[person * channels.length + at] = reachable ? taste : 0;
    });
  }
  return panel;
}
