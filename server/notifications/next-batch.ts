// Which of a person's waiting deliveries go out together, and when.
import type { DeliveryRow } from "./delivery-store";

/** What happens within this time becomes one mail, and there is at most one mail in it. */
export const gatherMs = 60_000;

export type Plan =
  | { kind: "none" }
  | { kind: "wait"; until: Date }
  | { kind: "send"; externalId: string; rows: readonly DeliveryRow[] };

/**
 * What was tried once is one mail for good and comes first; newer messages wait behind it, so that a mail server that
 * was away gets two mails a person when it is back, not one for each message.
 */
export function nextBatch(waiting: readonly DeliveryRow[], lastSentAt: Date | null, now: Date): Plan {
  const [first] = waiting.filter(({ attempts }) => attempts > 0);
  const rows = first
    ? waiting.filter(({ attempts, externalId }) => attempts > 0 && externalId === first.externalId)
    : waiting;
  const [oldest] = rows;
  if (!oldest) return { kind: "none" };
  const asked = Math.min(...rows.map(({ nextAt, createdAt }) => (nextAt ?? createdAt).getTime()));
  const until = dueAt(new Date(asked), lastSentAt);
  return until > now ? { kind: "wait", until } : { kind: "send", externalId: oldest.externalId, rows };
}

/** When a mail asked for at a moment may go, given when the one before went. */
export const dueAt = (asked: Date, lastSentAt: Date | null): Date =>
  new Date(Math.max(asked.getTime(), lastSentAt ? lastSentAt.getTime() + gatherMs : 0));

const hourMs = 3_600_000;
/** An hour of short waits, then hourly for a day. */
const mostAttempts = 30;

/** How long until the next attempt; null: it is given up. */
export const retryDelay = (attempts: number): number | null =>
  attempts >= mostAttempts ? null : Math.min(hourMs, gatherMs * 2 ** (attempts - 1));
