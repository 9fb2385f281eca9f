import { afterAll, expect, test } from "vitest";
import { openEngine } from "../../../packages/amc-engine";
import { attributionByPosition } from "./attribution-by-position";
import { attributionFirstTouch } from "./attribution-first-touch";
import { attributionLastTouch } from "./attribution-last-touch";
import { attributionLinear } from "./attribution-linear";
import { attributionTimeDecay } from "./attribution-time-decay";
import { type BuiltInTemplate, type ProofRow, usersOf } from "./define";
import { impression, morning, purchase, sponsoredClick } from "./proof-rows";

/** A rule in plain words: what the touches of one purchase weigh, given the days from each to it, first touch first. */
type Rule = (days: number[]) => number[];

const rules: [BuiltInTemplate, Rule][] = [
  [attributionFirstTouch, (days) => days.map((_, index) => (index === 0 ? 1 : 0))],
  [attributionLastTouch, (days) => days.map((_, index) => (index === days.length - 1 ? 1 : 0))],
  [attributionLinear, (days) => days.map(() => 1)],
  [attributionByPosition, byPosition],
  [attributionTimeDecay, (days) => days.map((day) => 0.5 ** (day / 7))],
];

function byPosition(days: number[]): number[] {
  if (days.length < 3) return days.map(() => 1);
  const between = 0.2 / (days.length - 2);
  return days.map((_, index) => (index === 0 || index === days.length - 1 ? 0.4 : between));
}

interface Touch {
  user: string;
  campaign: string;
  day: number;
}

// Journeys that look random and are the same in each run: up to five touches, one purchase, some of whose touches come too late or too early.
const users = usersOf(60, 1, (user_id) => ({ user_id })).map(({ user_id }) => String(user_id));
const campaigns = ["Brand", "Retarget", "Search", "Video"];
const touches = users.flatMap((user, index) =>
  Array.from({ length: (index * 7) % 6 }, (_, nth): Touch => {
    const mixed = (index + 3) * (nth + 5) * 2_654_435;
    return { user, campaign: campaigns[mixed % 4] ?? "", day: ((mixed >> 3) % 58) - 27 };
  }),
);
const orders = users.map((user, index) => ({ user, day: 5 + ((index * 11) % 25), sales: 10 + (index % 7) }));

const dayOf = (day: number) => new Date(Date.UTC(2026, 5, 1 + day)).toISOString().slice(0, 10);
const rowOf = ({ user, campaign, day }: Touch) =>
  campaign === "Search"
    ? sponsoredClick({ user_id: user, campaign, ...morning("event", dayOf(day)) })
    : impression({ user_id: user, campaign, ...morning("impression", dayOf(day)) });
const window = { start: new Date("2026-06-01"), end: new Date("2026-07-01") };
const tables: Record<string, ProofRow[]> = {
  dsp_impressions: touches.filter(({ campaign }) => campaign !== "Search").map(rowOf),
  sponsored_ads_traffic: touches.filter(({ campaign }) => campaign === "Search").map(rowOf),
  conversions: orders.map(({ user, day, sales }) =>
    purchase({ user_id: user, conversion_id: user, total_product_sales: sales, ...morning("event", dayOf(day)) }),
  ),
};

/** Credited purchases and sales by campaign. */
function creditBy(rule: Rule): Map<string, [number, number]> {
  const credited = new Map<string, [number, number]>();
  for (const { user, day, sales } of orders) {
    const path = touches
      .filter((touch) => touch.user === user && touch.day <= day && day - touch.day <= 28)
      .sort((one, other) => one.day - other.day || (one.campaign < other.campaign ? -1 : 1));
    const weights = rule(path.map((touch) => day - touch.day));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const shares = path.length
      ? path.map(({ campaign }, index) => [campaign, (weights[index] ?? 0) / whole] as const)
      : [["(no ad)", 1] as const];
    for (const [campaign, share] of shares) {
      const [purchases, money] = credited.get(campaign) ?? [0, 0];
      credited.set(campaign, [purchases + share, money + share * sales]);
    }
  }
  return credited;
}

const engine = await openEngine({ source: { load: (table) => tables[table] ?? null } });
afterAll(() => engine.close());

const ask = async ({ definition: { sql, parameters } }: BuiltInTemplate) => {
  const given = Object.fromEntries(parameters.map(({ name, default: value }) => [name, value as number]));
  const { rows } = await engine.run({ sql, parameters: given, window, now: new Date("2026-08-01") });
  return new Map(rows.map(([campaign, , purchases, sales]) => [String(campaign), [Number(purchases), Number(sales)]]));
};

test.each(rules.map(([template, rule]) => [template.id, template, rule] as const))(
  "%s shares out every purchase whole, as plain arithmetic does",
  async (_, template, rule) => {
    const answer = await ask(template);
    const expected = creditBy(rule);
    expect([...answer.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [campaign, [purchases, sales]] of expected) {
      expect(answer.get(campaign)?.[0]).toBeCloseTo(purchases, 6);
      expect(answer.get(campaign)?.[1]).toBeCloseTo(sales, 6);
    }
    const total = (at: 0 | 1) => [...answer.values()].reduce((sum, credit) => sum + (credit[at] ?? 0), 0);
    expect(total(0)).toBeCloseTo(orders.length, 6);
    expect(total(1)).toBeCloseTo(
      orders.reduce((sum, { sales }) => sum + sales, 0),
      6,
    );
  },
);
