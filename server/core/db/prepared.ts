// Drizzle's statements as prepared ones: one round trip each instead of two, and Postgres keeps their plans.
import type { TransactionSql } from "postgres";

/** What each connection keeps at most; lists whose filters differ in length make new texts without end. */
const mostKept = 500;
const mostSeen = 5_000;

const kept = new Set<string>();
const seenOnce = new Set<string>();

/** From the second time on, for the first texts that come twice. */
function isWorthKeeping(text: string): boolean {
  if (kept.has(text)) return true;
  if (kept.size >= mostKept) return false;
  if (seenOnce.delete(text)) return Boolean(kept.add(text));
  if (seenOnce.size >= mostSeen) seenOnce.clear();
  seenOnce.add(text);
  return false;
}

/** Has this transaction's client prepare what Drizzle sends through it. postgres.js does so by itself for its own templates. */
export function preparing(client: TransactionSql): TransactionSql {
  const { unsafe } = client;
  client.unsafe = (text, values, options) =>
    unsafe(text, values, values?.length ? { ...options, prepare: isWorthKeeping(text) } : options);
  return client;
}
