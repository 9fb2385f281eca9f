// What people are told of a connection: what happened since when, what it affects, what to do.
import type { Connection, ConnectionState, ConnectionStateChanged, ConsentEnding } from "../connections/contract";
import type { ConnectionOwner, News } from "./news";
import { countWords, momentWords, oneLine, paragraphs, sentences, spanWords } from "./words";

/** What is known beside the news itself; the connection is null where it is no more. */
export interface Background {
  connection: Pick<Connection, "region" | "accounts" | "accountsOnlyHere" | "consentedAt"> | null;
  /** Its owner, where somebody else is told. */
  owner: ConnectionOwner | null;
}

const worksIn: readonly ConnectionState[] = ["healthy", "expiring"];
const failsIn: readonly ConnectionState[] = ["degraded", "needs_reconsent"];

/** @returns null where the change needs no message: people did it themselves, or other messages speak of it */
export function stateNews(change: ConnectionStateChanged, background: Background): News | null {
  if (worksIn.includes(change.to)) return failsIn.includes(change.from) ? recovered(change, background) : null;
  if (change.to === "degraded") return degraded(change, background);
  return change.to === "needs_reconsent" ? needsReconsent(change, background) : null;
}

function degraded(change: ConnectionStateChanged, { owner }: Background): News {
  const name = oneLine(change.name);
  return {
    ...about(change),
    kind: "connection.degraded",
    signal: "attention",
    title: `${name}: token not refreshed`,
    body: paragraphs(
      sentences(`Since ${momentWords(change.at)} the connection is degraded`, change.reason),
      affected(change) ||
        "Its accounts keep what they have; new data may be late until a refresh succeeds, which Tidemark tries by itself.",
      sentences(change.remedy ?? "Nothing needs to be done yet"),
      ownerWords(owner),
    ),
    action: open(change),
  };
}

function needsReconsent(change: ConnectionStateChanged, { connection, owner }: Background): News {
  const name = oneLine(change.name);
  return {
    ...about(change),
    kind: "connection.needs_reconsent",
    signal: "problem",
    title: `${name} must consent again`,
    body: paragraphs(
      sentences(`Since ${momentWords(change.at)} Amazon gives no access through this connection`, change.reason),
      affected(change) || "No account is affected.",
      sentences(change.remedy ?? `Reconnect, and sign in to Amazon as ${name}`),
      ownerWords(owner),
    ),
    action: reconnect(change, connection),
  };
}

function recovered(change: ConnectionStateChanged, { owner }: Background): News {
  const name = oneLine(change.name);
  const { since, at } = change;
  const what = change.from === "degraded" ? "its token could not be refreshed" : "Amazon gave no access through it";
  return {
    ...about(change),
    kind: "connection.recovered",
    signal: "ok",
    title: `${name} works again`,
    body: paragraphs(
      `The connection was out for ${spanWords(since, at)}: from ${momentWords(since)} to ${momentWords(at)} ${what}.`,
      affected(change),
      change.to === "expiring"
        ? "Its consent may end soon: reconnect before it does."
        : "Nothing needs to be done: what was missed is fetched now.",
      ownerWords(owner),
    ),
    action: open(change),
  };
}

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** Told 30, 14, 7 and 1 days before. */
export function consentNews(ending: ConsentEnding, { connection, owner }: Background): News {
  const name = oneLine(ending.name);
  const given = connection ? `It was given on ${momentWords(connection.consentedAt)}` : null;
  return {
    kind: "connection.consent_ending",
    signal: "attention",
    title: `The consent of ${name} may end on ${day.format(new Date(ending.expiresAt))}`,
    body: paragraphs(
      sentences(
        `Amazon may end a consent after a year; this one on ${momentWords(ending.expiresAt)}`,
        given,
        "It still works, and Tidemark goes on asking until Amazon refuses",
      ),
      connection ? atStake(connection) : "",
      `Reconnect before then, signed in to Amazon as ${name}. Accounts, schedules and history stay.`,
      ownerWords(owner),
    ),
    action: reconnect(ending, connection),
    subject: { type: "connection", id: ending.connectionId, label: name },
    dedupeKey: `consent-ending:${ending.connectionId}:${ending.expiresAt}:${ending.daysLeft}`,
    at: null,
  };
}

const about = ({ connectionId, name, to, at }: ConnectionStateChanged): Pick<News, "subject" | "dedupeKey" | "at"> => ({
  subject: { type: "connection", id: connectionId, label: oneLine(name) },
  dedupeKey: `connection-state:${connectionId}:${to}:${at}`,
  at,
});

function affected({ movedAccounts, strandedAccounts }: ConnectionStateChanged): string {
  return sentences(
    strandedAccounts > 0 &&
      `${countWords(strandedAccounts, "account")} ${strandedAccounts === 1 ? "gets" : "get"} no new data: no other connection reaches ${strandedAccounts === 1 ? "it" : "them"}`,
    movedAccounts > 0 &&
      `${countWords(movedAccounts, "account")} ${movedAccounts === 1 ? "is" : "are"} read through another connection from now on`,
  );
}

function atStake({ accounts, accountsOnlyHere }: NonNullable<Background["connection"]>): string {
  if (accounts === 0) return "It reaches no account now.";
  if (accountsOnlyHere === 0) return `All of its ${countWords(accounts, "account")} can be read through others too.`;
  return `No other connection reaches ${accountsOnlyHere.toLocaleString("en-GB")} of its ${countWords(accounts, "account")}: what they bring would stop.`;
}

const whyWords: Record<ConnectionOwner["why"], string> = {
  suspended: "is suspended",
  gone: "is no longer in the agency",
  no_permission: "may no longer look after connections",
};

function ownerWords(owner: ConnectionOwner | null): string {
  if (!owner) return "";
  const whose = owner.name
    ? `This is a connection of ${owner.name}, who ${whyWords[owner.why]}`
    : `Whoever connected it ${whyWords[owner.why]}`;
  return sentences(whose, "You are told as the agency's owner or admin");
}

interface Named {
  connectionId: string;
  name: string;
}

const open = ({ connectionId, name }: Named): News["action"] => ({
  label: `Open ${oneLine(name)}`,
  path: `/connections/${connectionId}`,
});

function reconnect({ name }: Named, connection: Background["connection"]): News["action"] {
  const query = new URLSearchParams({ ...(connection ? { region: connection.region } : {}), user: oneLine(name) });
  return { label: `Reconnect ${oneLine(name)}`, path: `/connections/new?${query}` };
}
