// A clock for a database of one's own: what the product measures by the database's time then happens when the clock is moved.
import postgres from "postgres";

export interface DatabaseClock {
  now(): Date;
  /** Wakes the refresh service, as time would. */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** Takes the place of the migrated `tidemark_now()`. The clock stands still until it is moved. */
export async function installClock(ownerUrl: string, start = new Date()): Promise<DatabaseClock> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  let now = start;
  await sql.unsafe(`
    create unlogged table simulated_clock (one bool primary key default true check (one), now timestamptz not null);
    grant select on simulated_clock to public;
    create or replace function public.tidemark_now() returns timestamptz language plpgsql stable
      as 'begin return (select now from public.simulated_clock); end'`);
  await sql`insert into simulated_clock (now) values (${now})`;
  return {
    now: () => now,
    async advance(ms) {
      now = new Date(now.getTime() + ms);
      await sql`update simulated_clock set now = ${now}`;
      await sql`select pg_notify('tidemark_renew', '')`;
    },
    close: () => sql.end({ timeout: 5 }),
  };
}
