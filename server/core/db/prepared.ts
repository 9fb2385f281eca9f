// Which of Drizzle's statements are sent as prepared ones: one round trip each instead of two, and Postgres keeps their plans.

/** What each connection keeps at most; lists whose filters differ in length make new texts without end. */
const mostKept = 500;
const mostSeen = 5_000;

const kept = new Set<string>();
const seenOnce = new Set<string>();

/** From the second time on, for the first texts that come twice. postgres.js prepares its own templates by itself. */
export function isWorthKeeping(text: string): boolean {
  if (kept.has(text)) return true;
  if (kept.size >= mostKept) return false;
  if (seenOnce.delete(text)) return Boolean(kept.add(text));
  if (seenOnce.size >= mostSeen) seenOnce.clear();
  seenOnce.add(text);
  return false;
}
