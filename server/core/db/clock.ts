// The database's clock, for what several hosts must agree on: hosts may disagree on the time.
import { type SQL, sql } from "drizzle-orm";

/** A `timestamptz` expression. It moves within a transaction, unlike `now()`. */
export const dbNow: SQL<Date> = sql<Date>`tidemark_now()`.mapWith((value: string) => new Date(value));

export const dbNowPlus = (ms: number): SQL =>
  sql`tidemark_now() + make_interval(secs => ${ms / 1000}::double precision)`;
