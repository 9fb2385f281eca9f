import { hashText, mix } from "../world/random";
import { draw } from "./draws";
import type { Panel } from "./panel";

// Audience segments: who is in which, and which an ad group targets.

interface AudienceSegment {
  id: number;
  name: string;
  kind: "inmarket" | "lifestyle";
  description: string;
  /** of average people; buyers of the category are in the first ones more often */
  share: number;
}

const segment = (id: number, name: string, share: number): AudienceSegment => ({
  id: 400_071_000 + id,
  name,
  kind: name.startsWith("IM") ? "inmarket" : "lifestyle",
  description: `People seen to be ${name.startsWith("IM") ? "in the market for" : "of the lifestyle"} ${name.slice(5)}`,
  share,
});

export const AUDIENCE_SEGMENTS: readonly AudienceSegment[] = [
  segment(1, "IM - Coffee & Tea", 0.16),
  segment(2, "IM - Home & Kitchen", 0.2),
  segment(3, "IM - Gourmet Gifts", 0.09),
  segment(4, "LS - Home Chefs", 0.14),
  segment(5, "LS - Outdoor Enthusiasts", 0.18),
  segment(6, "LS - Frequent Travellers", 0.1),
  segment(7, "IM - Fitness Equipment", 0.11),
  segment(8, "LS - New Parents", 0.07),
  segment(9, "IM - Consumer Electronics", 0.17),
  segment(10, "LS - Pet Owners", 0.13),
];
const CATEGORY_SEGMENTS = 3;

const ask = { member: 300 } as const;

/** Pairs of person and position among the segments. */
export function membersOf(panel: Panel): { person: number[]; segment: number[] } {
  const members = { person: [] as number[], segment: [] as number[] };
  for (let person = 0; person < panel.size; person += 1) {
    const key = panel.keys[person] ?? 0;
    const keen = Math.min(2.5, panel.propensity[person] ?? 1);
    for (let at = 0; at < AUDIENCE_SEGMENTS.length; at += 1) {
      const share = (AUDIENCE_SEGMENTS[at]?.share ?? 0) * (at < CATEGORY_SEGMENTS ? keen : 1);
      if (draw(key, ask.member + at) >= share) continue;
      members.person.push(person);
      members.segment.push(at);
    }
  }
  return members;
}

/** Positions of the two segments that an ad group targets. */
export function targetedBy(adGroupId: string): [number, number] {
  const key = hashText(adGroupId);
  const first = key % AUDIENCE_SEGMENTS.length;
  const others = AUDIENCE_SEGMENTS.length - 1;
  return [first, (first + 1 + (mix(key, 1) % others)) % AUDIENCE_SEGMENTS.length];
}
