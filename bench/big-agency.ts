// An agency of 50 brands, an advertiser each, with 100 campaigns of 5 ad groups: 25,000 facts a day, made inside the database.
import type { Sql } from "postgres";
import { addDays } from "../server/insights/date-range";
import { metricNames } from "../server/insights/fact-store";
import { rollupSource } from "../server/insights/report-types";

const size = { brands: 50, campaigns: 100, adGroups: 5 } as const;
export type Size = Record<keyof typeof size, number>;

/** A share of the whole has fewer campaigns, for a trial run. */
export const sizeOf = (share: number): Size => ({
  ...size,
  campaigns: Math.max(1, Math.round(size.campaigns * share)),
});
export const factsADay = ({ brands, campaigns, adGroups }: Size): number => brands * campaigns * adGroups;

export interface BigAgency {
  agencyId: string;
  size: Size;
  brandIds: string[];
  accountIds: string[];
  /** The last day that is whole. */
  yesterday: string;
}

export async function makeAgency(sql: Sql, size: Size): Promise<BigAgency> {
  const [agency] = await sql<{ id: string }[]>`select id from agencies`;
  if (!agency) throw new Error("The rig has no agency.");
  const agencyId = agency.id;
  await sql`insert into brands (agency_id, name) select ${agencyId}, 'Brand ' || lpad(n::text, 2, '0') from generate_series(1, ${size.brands}) n`;
  await sql`insert into accounts (agency_id, kind, region, amazon_id, name, country_code, currency, time_zone, brand_id, capabilities, created_at, seen_at)
    select ${agencyId}, 'dsp_advertiser', 'NA', '58000000000' || right(b.name, 2), b.name || ' US', 'US', 'USD', 'UTC', b.id,
      '{"campaigns":{"ok":true},"reports":{"ok":true},"write":{"ok":true},"amc":{"ok":true},"audiences":{"ok":true}}', now(), now()
    from brands b where b.agency_id = ${agencyId} order by b.name`;
  await sql`insert into campaigns (agency_id, account_id, campaign_id, name, state, delivery_reasons, source, synced_at, budget, budget_period)
    select ${agencyId}, a.id, (590000000000000000 + n)::text, 'Campaign ' || n, 'ENABLED', '{}', '{}', now(), 50000000000, 'MONTHLY'
    from accounts a, generate_series(1, ${size.campaigns}) n where a.agency_id = ${agencyId}`;
  const rows = await sql<{ id: string; brand: string }[]>`
    select id, brand_id as brand from accounts where agency_id = ${agencyId} order by name`;
  const yesterday = addDays(new Date().toISOString().slice(0, 10), -1);
  return { agencyId, size, brandIds: rows.map(({ brand }) => brand), accountIds: rows.map(({ id }) => id), yesterday };
}

/** A number of its own for each fact and metric, without a table of random ones. */
const value = (at: number) =>
  `(1000 + mod(abs(hashint4(c * 131 + g * 17 + (d - date '2020-01-01') * 7 + ${at})), 9000))`;
const metrics = metricNames.join(", ");
const values = metricNames.map((_, index) => value(index)).join(", ");
const sums = metricNames.map((name) => `sum(${name})::bigint`).join(", ");

/** Facts of so many days until the last one, with their rollups, as the sync leaves them. */
export async function addDaysOfFacts(
  sql: Sql,
  { agencyId, size }: BigAgency,
  days: { from: string; to: string },
): Promise<void> {
  await sql.unsafe(`select ensure_month_partitions('public.facts', $1::date, $2::date)`, [days.from, days.to]);
  const place = [agencyId, days.from, days.to];
  await sql.unsafe(
    `insert into facts (agency_id, day, account_id, report_type, campaign_id, ad_group_id, currency, run_id, ${metrics})
    select $1::uuid, d::date, a.id, '${rollupSource}', (590000000000000000 + c)::text, (570000000000000000 + c * 10 + g)::text, 'USD',
      '00000000-0000-4000-8000-000000000000', ${values}
    from (select d::date from generate_series($2::date, $3::date, interval '1 day') d) days,
      accounts a, generate_series(1, ${size.campaigns}) c, generate_series(1, ${size.adGroups}) g
    where a.agency_id = $1::uuid`,
    place,
  );
  await sql.unsafe(
    `insert into rollup_campaign_day (agency_id, account_id, campaign_id, day, currency, ${metrics})
    select agency_id, account_id, campaign_id, day, currency, ${sums} from facts
    where agency_id = $1::uuid and day between $2::date and $3::date group by 1, 2, 3, 4, 5`,
    place,
  );
  await sql.unsafe(
    `insert into rollup_account_day (agency_id, account_id, day, currency, ${metrics})
    select agency_id, account_id, day, currency, ${sums} from rollup_campaign_day
    where agency_id = $1::uuid and day between $2::date and $3::date group by 1, 2, 3, 4`,
    place,
  );
  await sql.unsafe(
    `insert into fact_days (agency_id, account_id, report_type, day, observed_at, run_id)
    select $1::uuid, a.id, '${rollupSource}', d::date, now(), '00000000-0000-4000-8000-000000000000'
    from accounts a, generate_series($2::date, $3::date, interval '1 day') d where a.agency_id = $1::uuid`,
    place,
  );
  await sql.unsafe(
    `insert into coverage (agency_id, account_id, subject, first_day, last_day, synced_at)
    select $1::uuid, a.id, '${rollupSource}', $2::date, $3::date, now() from accounts a where a.agency_id = $1::uuid
    on conflict (agency_id, account_id, subject) do update set first_day = least(coverage.first_day, excluded.first_day)`,
    place,
  );
  for (const table of ["facts", "rollup_campaign_day", "rollup_account_day", "fact_days", "accounts", "campaigns"])
    await sql.unsafe(`vacuum analyze ${table}`);
}
