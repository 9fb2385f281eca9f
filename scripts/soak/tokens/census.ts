// What the database and the sandbox say of a fleet's tokens.
import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "postgres";
import type { RunningSandbox } from "../../../sandbox";
import { tokenBinding } from "../../../server/connections/seal-tokens";
import { createVault } from "../../../server/core/crypto/vault";
import type { DatabaseClock } from "../../database-clock";

export interface Census {
  /** Waits until nothing that is due now is left to do, or nobody does it. */
  settle(): Promise<void>;
  /** Connections that pass for well and whose token has ended. */
  stale(): Promise<number>;
  /** Connections by state. */
  states(): Promise<Record<string, number>>;
  /** Grants whose access token lives at least so long. */
  fresh(minutes: number): Promise<number>;
  /** Stored tokens of connections that pass for well which the sandbox would refuse. */
  unusable(): Promise<number>;
  tokenCalls(): number;
}

interface Parts {
  sql: Sql;
  clock: DatabaseClock;
  sandbox: RunningSandbox;
  key: string;
  /** What gates are known by, a region. */
  gates: Record<string, string>;
}

/** What a killed worker has leased is nobody's until its lease ends: longer than a call may take with a time-out of half a second. */
const patienceMs = 700;
/** What is due waits for a worker that is being started: of the minutes that a step stands for that is little. */
const restartMs = 15_000;

export function createCensus({ sql, sandbox, key, gates }: Parts): Census {
  const usable = sql`c.state in ('healthy', 'expiring', 'degraded')`;
  const joined = sql`grants g join connections c on c.agency_id = g.agency_id and c.id = g.connection_id`;

  async function waiting(): Promise<{ due: number; mark: string } | null> {
    const [row] = await sql<{ due: number; leased: number; done: string }[]>`
      select count(*) filter (where coalesce(g.renew_at, now) <= now and coalesce(g.retry_at, now) <= now
          and coalesce(g.lease_until, now) <= now
          and not exists (select from token_gates t where t.key = ${sql.json(gates)}::jsonb ->> c.region
            and t.closed_until > now and t.ended_at is null))::int as due,
        count(*) filter (where g.lease_until > now)::int as leased, sum(g.version)::text as done
      from ${joined}, (select now from simulated_clock) clock
      where g.refresh_token is not null and ${usable}`;
    if (!row || (row.due === 0 && row.leased === 0)) return null;
    return { due: row.due, mark: `${row.due} ${row.leased} ${row.done}` };
  }

  return {
    async settle() {
      let last = "";
      let since = performance.now();
      for (;;) {
        const left = await waiting();
        if (!left) return;
        if (left.mark !== last) [last, since] = [left.mark, performance.now()];
        if (performance.now() - since > (left.due > 0 ? restartMs : patienceMs)) return;
        await sleep(4);
      }
    },
    async stale() {
      const [row] = await sql<{ n: number }[]>`select count(*)::int as n from ${joined}
        where c.state in ('healthy', 'expiring') and coalesce(g.access_expires_at, '-infinity') <= tidemark_now()`;
      return row?.n ?? 0;
    },
    async states() {
      const rows = await sql<{ state: string; n: number }[]>`
        select state, count(*)::int as n from connections group by state order by state`;
      return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
    },
    async fresh(minutes) {
      const [row] = await sql<{ n: number }[]>`select count(*)::int as n from ${joined}
        where g.access_expires_at >= tidemark_now() + make_interval(mins => ${minutes})`;
      return row?.n ?? 0;
    },
    async unusable() {
      const vault = createVault({ keys: [key] });
      const rows = await sql<{ agencyId: string; connectionId: string; refresh: string; access: string }[]>`
        select g.agency_id as "agencyId", g.connection_id as "connectionId", g.refresh_token as refresh, g.access_token as access
        from ${joined} where c.state in ('healthy', 'expiring')`;
      const { grants } = sandbox.control;
      return rows.filter((row) => {
        const refreshToken = vault.open(tokenBinding(row, "refreshToken"), row.refresh);
        const accessToken = vault.open(tokenBinding(row, "accessToken"), row.access);
        const [of, with_] = [grants.check({ refreshToken }), grants.check({ accessToken })];
        return !of.known || of.revoked || !with_.known || with_.revoked;
      }).length;
    },
    tokenCalls: () => sandbox.control.calls.counts({ operation: "lwa.token" })["lwa.token"] ?? 0,
  };
}
