// The engine over random events, and what counting the users behind each row of a question makes of its answer.
import type { Engine, RunResult } from "../contract";
import { openEngine } from "../engine";
import type { Query } from "./algebra";
import type { Events } from "./random-query";

const at = new Date("2026-02-10");
/** The days of all events. */
export const when = {
  window: { start: new Date("2026-02-01"), end: new Date("2026-03-01") },
  now: new Date("2026-03-10"),
};
const needs = { NONE: 1, LOW: 2, MEDIUM: 100, HIGH: 100, VERY_HIGH: 100, INTERNAL: 100 };

export function openOver({ impressions, clicks }: Events): Promise<Engine> {
  const times = { impression_dt_utc: at, click_dt_utc: at };
  const load = (name: string) =>
    [impressions, clicks].find(({ table }) => table === name)?.rows.map((row) => ({ ...row, ...times })) ?? null;
  return openEngine({ source: { load } });
}

/** Rows in an order of their own; users are distinct ones. */
interface Visibility {
  rows: string[];
  hiddenRows: number;
  hiddenUsers: number;
  users: number;
}

/** Of an answer whose last column says how many stand behind a row. */
export const shownBy = ({ rows, hidden, users }: RunResult): Visibility => ({
  rows: textOf(rows),
  hiddenRows: hidden.rows,
  hiddenUsers: hidden.users,
  users,
});

export function countedFor({ columns, rows }: Query): Visibility {
  const least = Math.max(...Object.values(columns).map((threshold) => needs[threshold]));
  const visible = rows.filter(({ users }) => users.size >= least);
  const seen = new Set(visible.flatMap(({ users }) => [...users]));
  const everyone = new Set(rows.flatMap(({ users }) => [...users]));
  const behind = (users: ReadonlySet<string>) => Math.min(users.size, Math.max(2, least));
  return {
    rows: textOf(visible.map(({ values, users }) => [...Object.values(values), behind(users)])),
    hiddenRows: rows.length - visible.length,
    hiddenUsers: everyone.size - seen.size,
    users: everyone.size,
  };
}

export const textOf = (rows: readonly unknown[][]): string[] => rows.map((row) => JSON.stringify(row)).sort();
