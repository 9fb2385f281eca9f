import type { TxCtx } from "../core/context";
import { type ConnectionRow, readConnection, type StandingRow, type StateChange, writeState } from "./connection-store";
import { type ConnectionState, connectionStateChanged } from "./contract";
import { failOver } from "./fail-over";

/**
 * Writes a state with its reason. Where the state itself changed: an audit row, news for the owner, and accounts that were
 * read through a connection that is lost go over to another. The row must be locked.
 */
export async function changeState(tx: TxCtx, row: StandingRow, change: StateChange): Promise<void> {
  const same = row.state === change.state && row.stateReason === change.reason && row.stateRemedy === change.remedy;
  if (same) return;
  const at = await writeState(tx, row, change);
  await tx.changed("connections", [row.id]);
  if (row.state === change.state) return;
  await tx.audit({
    action: `connection.became_${change.state}`,
    target: { type: "connection", id: row.id, label: row.amazonUserName },
    before: { state: row.state, reason: row.stateReason },
    after: { state: change.state, reason: change.reason },
  });
  const { moved, stranded } =
    change.state === "needs_reconsent" ? await failOver(tx, row.id) : { moved: 0, stranded: 0 };
  if (!concernsOwner(row.state, change.state)) return;
  await tellOwner(tx, row, { ...change, at, moved, stranded });
}

interface Change extends StateChange {
  at: Date;
  moved?: number;
  stranded?: number;
}

/** A new consent ended the trouble the connection was in, if it was. */
export async function tellRecovered(tx: TxCtx, former: ConnectionRow): Promise<void> {
  if (!troubled(former.state)) return;
  const now = await readConnection(tx, former.id);
  if (!now) return;
  const { ownerUserId, state, stateSince: at } = now;
  await tellOwner(tx, { ...former, ownerUserId }, { state, reason: null, remedy: null, at });
}

async function tellOwner(tx: TxCtx, row: StandingRow, change: Change): Promise<void> {
  await tx.announce(connectionStateChanged, {
    connectionId: row.id,
    name: row.amazonUserName,
    ownerUserId: row.ownerUserId,
    from: row.state,
    to: change.state,
    reason: change.reason,
    remedy: change.remedy,
    since: row.stateSince.toISOString(),
    at: change.at.toISOString(),
    movedAccounts: change.moved ?? 0,
    strandedAccounts: change.stranded ?? 0,
  });
}

const troubled = (state: ConnectionState) => state === "degraded" || state === "needs_reconsent";
/** Between healthy and expiring the notices of the consent's end speak. */
const concernsOwner = (from: ConnectionState, to: ConnectionState) => troubled(from) || troubled(to);

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** What a connection is when its tokens work: healthy, or expiring once notice of the consent's end was given. */
export function calmState({ consentNotice, consentExpiresAt, amazonUserName }: StandingRow): StateChange {
  if (consentNotice === null || !consentExpiresAt) return { state: "healthy", reason: null, remedy: null };
  return {
    state: "expiring",
    reason: `The consent may end on ${day.format(consentExpiresAt)}: Amazon can end a consent a year after it was given.`,
    remedy: `${amazonUserName} should consent again before then: choose Reconnect.`,
  };
}
