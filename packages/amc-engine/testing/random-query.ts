// Random events and random questions about them, the same for a seed.
import {
  type Aggregate,
  distinct,
  firstOfEach,
  grouped,
  joined,
  named,
  type Plain,
  type Query,
  scan,
  type TableRows,
  united,
  where,
} from "./algebra";

export type Random = () => number;

/** Numbers from 0 up to 1. */
export function randomSource(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Events {
  impressions: TableRows;
  clicks: TableRows;
}

/** Users, places and campaigns are skewed, so that groups lie on both sides of 2 and of 100 users; some events have no user. */
export function randomEvents(random: Random): Events {
  const skewed = (count: number) => Math.floor(count * random() ** 3);
  const event = (index: number): Record<string, Plain> => ({
    user_id: random() < 0.05 ? null : `user-${Math.floor(random() * 240)}`,
    campaign: `campaign-${skewed(40)}`,
    device_type: `device-${skewed(4)}`,
    postal_code: random() < 0.03 ? null : `postal-${skewed(25)}`,
    bid_price: Math.floor(random() * 900),
    campaign_id: index,
  });
  const rows = (count: number, metric: string) =>
    Array.from({ length: count }, (_, index) => ({ ...event(index), [metric]: Math.floor(random() * 3) }));
  const columns = {
    user_id: "VERY_HIGH",
    campaign: "LOW",
    device_type: "LOW",
    postal_code: "HIGH",
    bid_price: "MEDIUM",
    campaign_id: "LOW",
  } as const;
  return {
    impressions: {
      table: "dsp_impressions",
      columns: { ...columns, impressions: "NONE" },
      rows: rows(1200, "impressions"),
    },
    clicks: { table: "dsp_clicks", columns: { ...columns, clicks: "NONE" }, rows: rows(350, "clicks") },
  };
}

/** A question whose last step groups what joins, unions, CTEs and windows made. */
export function randomQuery(random: Random, events: Events): Query {
  const query = relation(random, events);
  const dimensions = ["campaign", "device_type", "postal_code", "frequency"].filter((name) => name in query.columns);
  const by = some(random, dimensions);
  const having = random() < 0.3 ? Math.floor(random() * 6) : undefined;
  return grouped(query, by, metrics(random, query), having);
}

function relation(random: Random, { impressions, clicks }: Events): Query {
  const seen = narrowed(random, scan(impressions));
  const clicked = narrowed(random, scan(clicks));
  switch (Math.floor(random() * 7)) {
    case 0:
      return seen;
    case 1:
      return joined(seen, named(perUser(random, clicked, "clicks"), "clickers"), { on: "user_id", kind: kind(random) });
    case 2:
      return joined(perCampaign(seen), clicked, { on: "campaign", kind: kind(random) });
    case 3:
      return united(seen, clicked, { all: random() < 0.5 });
    case 4:
      return named(perUser(random, seen, "impressions"), "per_user");
    case 5:
      return firstOfEach(seen, { partition: random() < 0.5 ? "user_id" : "postal_code", order: "campaign_id" });
    default:
      return distinct(
        united(seen, firstOfEach(clicked, { partition: "user_id", order: "campaign_id" }), { all: true }),
        ["user_id", "campaign", "postal_code"],
      );
  }
}

function narrowed(random: Random, query: Query): Query {
  return random() < 0.4 ? where(query, "bid_price", Math.floor(random() * 500)) : query;
}

function perUser(random: Random, query: Query, metric: string): Query {
  const by = random() < 0.5 ? ["user_id"] : ["user_id", "device_type"];
  return grouped(query, by, [{ name: "frequency", of: "SUM", column: metric }]);
}

function perCampaign(query: Query): Query {
  return grouped(query, ["campaign"], [{ name: "frequency", of: "COUNT", column: "user_id" }]);
}

function metrics(random: Random, { columns }: Query): Aggregate[] {
  const counted: Aggregate = {
    name: "counted",
    of: "COUNT DISTINCT",
    column: "user_id" in columns ? "user_id" : (Object.keys(columns)[0] ?? ""),
  };
  const summed = ["impressions", "clicks", "frequency"].find((name) => name in columns);
  return [
    counted,
    ...(summed ? [{ name: "summed", of: "SUM", column: summed } as const] : []),
    ...("bid_price" in columns && random() < 0.3 ? [{ name: "highest", of: "MAX", column: "bid_price" } as const] : []),
  ];
}

function kind(random: Random): "INNER" | "LEFT" {
  return random() < 0.5 ? "INNER" : "LEFT";
}

/** At least one of a list. */
function some<T>(random: Random, list: T[]): T[] {
  const chosen = list.filter(() => random() < 0.5);
  return chosen.length ? chosen : list.slice(0, 1);
}
