import { expect, test } from "vitest";
import type { ConnectionState, ConnectionStateChanged } from "../connections/contract";
import { clientNews } from "./client-news";
import { type Background, consentNews, stateNews } from "./connection-news";

const connectionId = "0198a1b2-0000-7000-8000-000000000001";
const background: Background = {
  connection: { region: "EU", accounts: 14, accountsOnlyHere: 5, consentedAt: "2025-12-20T12:00:00.000Z" },
  owner: null,
};

const aChange = (from: ConnectionState, to: ConnectionState, more: Partial<ConnectionStateChanged> = {}) => ({
  connectionId,
  name: "Ava Brandt",
  ownerUserId: "0198a1b2-0000-7000-8000-000000000002",
  from,
  to,
  reason: null,
  remedy: null,
  since: "2026-11-20T09:12:00.000Z",
  at: "2026-11-20T11:22:00.000Z",
  movedAccounts: 0,
  strandedAccounts: 0,
  ...more,
});

test("a consent that is gone is said with since when, what it costs, and one button", () => {
  const change = aChange("degraded", "needs_reconsent", {
    reason: "Amazon refused the token 3 times.",
    remedy: "Ava Brandt must consent again: choose Reconnect and sign in to Amazon as this user.",
    movedAccounts: 9,
    strandedAccounts: 5,
  });
  expect(stateNews(change, background)).toEqual({
    kind: "connection.needs_reconsent",
    signal: "problem",
    title: "Ava Brandt must consent again",
    body: [
      "Since 20 Nov 2026, 11:22 UTC Amazon gives no access through this connection. Amazon refused the token 3 times.",
      "5 accounts get no new data: no other connection reaches them. 9 accounts are read through another connection from now on.",
      "Ava Brandt must consent again: choose Reconnect and sign in to Amazon as this user.",
    ].join("\n"),
    action: { label: "Reconnect Ava Brandt", path: "/connections/new?region=EU&user=Ava+Brandt" },
    subject: { type: "connection", id: connectionId, label: "Ava Brandt" },
    dedupeKey: `connection-state:${connectionId}:needs_reconsent:2026-11-20T11:22:00.000Z`,
    at: "2026-11-20T11:22:00.000Z",
  });
});

test.each(["degraded", "needs_reconsent"] as const)("recovery from %s says how long it was out", (from) => {
  const news = stateNews(aChange(from, "healthy"), background);
  expect(news?.body).toContain("was out for 2 h 10 min: from 20 Nov 2026, 09:12 UTC to 20 Nov 2026, 11:22 UTC");
  expect(news).toMatchObject({ kind: "connection.recovered", signal: "ok", title: "Ava Brandt works again" });
  expect(stateNews(aChange(from, "expiring"), background)?.body).toContain("may end soon");
});

test.each([
  ["healthy", "expiring"],
  ["expiring", "healthy"],
  ["needs_reconsent", "disconnected"],
  ["disconnected", "healthy"],
] as const)("from %s to %s nobody is written to", (from, to) => {
  expect(stateNews(aChange(from, to), background)).toBeNull();
});

test("one account is spoken of as one", () => {
  const one = stateNews(aChange("healthy", "needs_reconsent", { movedAccounts: 1, strandedAccounts: 1 }), background);
  expect(one?.body).toContain("1 account gets no new data: no other connection reaches it. 1 account is read through");
});

test("whoever stands in for the owner reads whose connection it is", () => {
  const body = (owner: Background["owner"]) =>
    stateNews(aChange("healthy", "degraded"), { ...background, owner })?.body;
  expect(body({ name: "Olive Owner", why: "suspended" })).toContain("a connection of Olive Owner, who is suspended.");
  expect(body({ name: null, why: "gone" })).toContain("Whoever connected it is no longer in the agency.");
  expect(body(null)).not.toContain("told as");
});

test("an ending consent says when, what is at stake, and leads to the consent", () => {
  const ending = {
    connectionId,
    name: "Ava Brandt",
    ownerUserId: connectionId,
    expiresAt: "2026-12-20T12:00:00.000Z",
    daysLeft: 7,
  };
  const news = consentNews(ending, background);
  expect(news).toMatchObject({
    title: "The consent of Ava Brandt may end on 20 December 2026",
    dedupeKey: `consent-ending:${connectionId}:2026-12-20T12:00:00.000Z:7`,
    action: { path: "/connections/new?region=EU&user=Ava+Brandt" },
  });
  expect(news.body).toContain("this one on 20 Dec 2026, 12:00 UTC. It was given on 20 Dec 2025, 12:00 UTC.");
  expect(news.body).toContain("No other connection reaches 5 of its 14 accounts: what they bring would stop.");
});

test("a refused installation is one alarm, and one word when it is over", () => {
  const standing = {
    accepted: false,
    reason: "Amazon does not know this client secret.",
    remedy: "Correct AMAZON_CLIENT_SECRET and restart.",
    since: "2026-11-20T09:12:00.000Z",
    at: "2026-11-20T11:22:00.000Z",
  };
  const alarm = clientNews(standing);
  expect(alarm).toMatchObject({ signal: "problem", title: "Amazon does not accept this installation" });
  expect(alarm.body).toContain("Since 20 Nov 2026, 09:12 UTC every token refresh waits. Amazon does not know");
  const over = clientNews({ ...standing, accepted: true, remedy: "" });
  expect(over.body).toContain("waited for 2 h 10 min");
  expect(over.dedupeKey).not.toBe(alarm.dedupeKey);
});

test("names cannot break out of a title or an address", () => {
  const news = stateNews(aChange("healthy", "needs_reconsent", { name: "Eve\r\nBcc: x@evil.example & ?" }), background);
  expect(news?.title).toBe("Eve Bcc: x@evil.example & ? must consent again");
  expect(news?.action.path).toBe("/connections/new?region=EU&user=Eve+Bcc%3A+x%40evil.example+%26+%3F");
});
