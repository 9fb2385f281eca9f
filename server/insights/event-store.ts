// What happened on days, read from where it is kept: changes that were applied, consents that were lost or came back, days that were restated late.
import { type SQL, sql } from "drizzle-orm";
import { auditEvents } from "../audit/tables";
import { accountAccess } from "../connections/tables";
import type { TxCtx } from "../core/context";
import { arrayLiteral } from "../core/db/array-literal";
import type { ChangeField } from "./change-contract";

/** An account's days, in its zone. */
export interface EventWindow {
  account: string;
  zone: string;
  from: string;
  to: string;
}

export interface EventsAsked {
  windows: readonly EventWindow[];
  /** Nothing later is read. */
  until: Date;
  /** One campaign's changes only. */
  campaignId?: string | undefined;
}

const windowRows = (windows: readonly EventWindow[]): SQL =>
  sql`json_to_recordset(${JSON.stringify(windows)}::json) as w(account uuid, zone text, "from" date, "to" date)`;

export interface AppliedChange {
  accountId: string;
  setId: string;
  day: string;
  at: Date;
  by: string;
  note: string;
  undoes: boolean;
  entities: number;
  /** Up to three, by name. */
  names: string[];
  fields: ChangeField[];
}

/** One item for each set, account and day. */
export async function appliedChanges(tx: TxCtx, { windows, until, campaignId }: EventsAsked): Promise<AppliedChange[]> {
  const only = campaignId
    ? sql`and coalesce(g.campaign_id, case when i.entity = 'campaign' then i.entity_id end) = ${campaignId}`
    : sql``;
  const rows = await tx.db.execute<Record<string, unknown>>(sql`
    select i.set_id as "setId", i.account_id as "accountId", d.day::text, max(i.answered_at) as at,
      coalesce(max(s.applied_by), max(s.created_by)) as by, max(s.note) as note, max(s.undoes::text) is not null as undoes,
      count(distinct (i.entity, i.entity_id))::int as entities,
      (array_agg(distinct coalesce(g.name, c.name, i.entity_id)))[1:3] as names, array_agg(distinct k.field) as fields
    from ${windowRows(windows)}
    join change_items i on i.agency_id = ${tx.agencyId} and i.account_id = w.account and i.state = 'applied'
    join change_sets s on s.agency_id = i.agency_id and s.id = i.set_id
    left join campaigns c on i.entity = 'campaign' and c.agency_id = i.agency_id and c.account_id = i.account_id
      and c.campaign_id = i.entity_id
    left join ad_groups g on i.entity = 'ad-group' and g.agency_id = i.agency_id and g.account_id = i.account_id
      and g.ad_group_id = i.entity_id
    cross join lateral (select (i.answered_at at time zone w.zone)::date as day) d
    cross join lateral jsonb_object_keys(i.after) k(field)
    where d.day between w."from" and w."to" and i.answered_at <= ${until.toISOString()} ${only}
    group by 1, 2, 3`);
  return rows.map((row) => ({ ...(row as unknown as AppliedChange), at: new Date(String(row.at)) }));
}

export interface ConsentEvent {
  connectionId: string;
  accountIds: string[];
  day: string;
  at: Date;
  lost: boolean;
  grantor: string;
}

/** When connections through which the accounts are read lost their consent, and when they were well again after that. */
export async function consentEvents(tx: TxCtx, { windows, until }: EventsAsked): Promise<ConsentEvent[]> {
  const rows = await tx.db.execute<Record<string, unknown>>(sql`
    with moved as (
      select e.target_id, e.target_label, e.at, e.action in ('connection.became_needs_reconsent', 'connection.disconnected') as lost,
        lag(e.action) over (partition by e.target_id order by e.at, e.id) in
          ('connection.became_needs_reconsent', 'connection.disconnected') as was_lost
      from ${auditEvents} e
      where e.agency_id = ${tx.agencyId} and e.target_type = 'connection' and e.at <= ${until.toISOString()}
        and (e.action like 'connection.became_%' or e.action in ('connection.reconnected', 'connection.disconnected')))
    select m.target_id as "connectionId", m.at, m.lost, m.target_label as grantor, d.day::text,
      array_agg(w.account order by w.account) as "accountIds"
    from ${windowRows(windows)}
    join ${accountAccess} x on x.agency_id = ${tx.agencyId} and x.account_id = w.account
    join moved m on m.target_id = x.connection_id::text and m.lost is distinct from coalesce(m.was_lost, false)
    cross join lateral (select (m.at at time zone w.zone)::date as day) d
    where d.day between w."from" and w."to"
    group by 1, 2, 3, 4, 5`);
  return rows.map((row) => ({ ...(row as unknown as ConsentEvent), at: new Date(String(row.at)) }));
}

/** Columns that are looked at, each with the age from which on a day hardly moves, and the share that counts as a jump. */
const jumpColumns = [
  { column: "impressions", age: 4, share: 0.02 },
  { column: "total_cost", age: 4, share: 0.02 },
  { column: "purchases", age: 15, share: 0.1 },
  { column: "sales", age: 15, share: 0.1 },
] as const;
export type JumpColumn = (typeof jumpColumns)[number]["column"];

export interface Jump {
  accountId: string;
  day: string;
  at: Date;
  /** Days after the day itself. */
  age: number;
  /** By how much each column moved that jumped: 0.12 is 12% more; null where it was zero before. */
  moved: Partial<Record<JumpColumn, number | null>>;
}

/** Days that Amazon restated at an age at which they should hardly move any more: the last such time of each day. */
export async function restatementJumps(tx: TxCtx, { windows, until }: EventsAsked): Promise<Jump[]> {
  const was = sql.raw(jumpColumns.map(({ column: c }) => `lag(v.${c}) over one as was_${c}`).join(", "));
  const jumped = ({ column: c, age, share }: (typeof jumpColumns)[number]) =>
    `(v.age >= ${age} and abs(v.${c} - v.was_${c}) > ${share} * v.was_${c})`;
  const moved = sql.raw(
    jumpColumns
      .map(
        (one) =>
          `'${one.column}', case when ${jumped(one)} then json_build_array(v.was_${one.column}::text, v.${one.column}::text) end`,
      )
      .join(", "),
  );
  const rows = await tx.db.execute<JumpRow>(sql`
    select distinct on (v.account_id, v.day) v.account_id as "accountId", v.day::text, v.known_at as at, v.age,
      json_build_object(${moved}) as moved
    from ${windowRows(windows)} cross join lateral (
      select v.*, ${was} from account_day_versions v
      where v.agency_id = ${tx.agencyId} and v.account_id = w.account and v.day between w."from" and w."to"
        and v.known_at <= ${until.toISOString()}
      window one as (partition by v.day, v.currency order by v.known_at)) v
    where ${sql.raw(jumpColumns.map(jumped).join(" or "))}
    order by v.account_id, v.day, v.known_at desc`);
  return rows.map(({ at, moved: pairs, ...row }) => ({ ...row, at: new Date(at), moved: sharesOf(pairs) }));
}

interface JumpRow extends Record<string, unknown> {
  accountId: string;
  day: string;
  at: string;
  age: number;
  moved: Record<JumpColumn, [before: string, after: string] | null>;
}

function sharesOf(pairs: JumpRow["moved"]): Jump["moved"] {
  const shares = Object.entries(pairs).flatMap(([column, pair]) => {
    if (!pair) return [];
    const [before, after] = [Number(pair[0]), Number(pair[1])];
    return [[column, before === 0 ? null : after / before - 1] as const];
  });
  return Object.fromEntries(shares);
}

/** An account and a campaign of it, where a listing has named it. */
export async function campaignExists(tx: TxCtx, accountId: string, campaignId: string): Promise<boolean> {
  const rows = await tx.db.execute(sql`select 1 from campaigns where agency_id = ${tx.agencyId}
    and account_id::text = any(${arrayLiteral([accountId])}::text[]) and campaign_id = ${campaignId}`);
  return rows.length > 0;
}
