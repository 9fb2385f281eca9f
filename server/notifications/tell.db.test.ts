// The road of a message: news of a lower slice, a row in one person's inbox, a mail at the server.
import { expect, test } from "vitest";
import { testDatabase } from "../../tests/support/database";
import { testMailServer } from "../../tests/support/mail-server";
import { aChange, anAgencyToTell } from "../../tests/support/people-to-tell";
import { clientStanding, connectionStateChanged, consentEnding } from "../connections/contract";
import { setUserState } from "../identity";
import { tellStateChangeJob } from "./jobs";

const database = testDatabase();
const mailServer = testMailServer();

test("a lost consent is told to its owner alone, in the inbox and by mail, with one button", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  await world.announce(aChange(world));
  await world.run();
  const [message, ...others] = await world.inbox(world.ops.userId);
  expect(others).toEqual([]);
  expect(message).toMatchObject({
    title: "Ava Brandt must consent again",
    action: { label: "Reconnect Ava Brandt", path: "/connections/new?user=Ava+Brandt" },
    readAt: null,
  });
  expect(await world.inbox(world.owner.userId)).toEqual([]);
  expect(mailServer().mails).toEqual([]);
  await world.run(world.minutes(1));
  expect(mailServer().mails).toMatchObject([
    { recipients: [world.ops.email], subject: "Ava Brandt must consent again" },
  ]);
  expect(mailServer().mails[0]?.text).toContain("2 accounts get no new data");
  expect(await world.deliveries()).toMatchObject([{ state: "sent", attempts: 1, note: null }]);
});

test("news of a transaction that is rolled back reaches nobody", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  const undone = world.system.tx(async (tx) => {
    await tx.announce(connectionStateChanged, aChange(world));
    throw new Error("no");
  });
  await expect(undone).rejects.toThrow("no");
  expect(await world.run(world.minutes(5))).toEqual([]);
  expect(await world.inbox(world.ops.userId)).toEqual([]);
});

test("recovery is told once, with how long it was out", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  const change = aChange(world, { from: "needs_reconsent", to: "healthy", strandedAccounts: 0 });
  await world.announce(change);
  await world.announce(change);
  await world.run();
  const messages = await world.inbox(world.ops.userId);
  expect(messages.map(({ title }) => title)).toEqual(["Ava Brandt works again"]);
  expect(messages[0]?.body).toContain("was out for 2 h 10 min");
});

test("a job that is run again makes no second message, also where somebody else would get it now", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  const change = aChange(world);
  await Promise.all([tellStateChangeJob.run(world.system, change), tellStateChangeJob.run(world.system, change)]);
  await world.system.tx((tx) => setUserState(tx, world.ops.userId, "suspended"));
  await tellStateChangeJob.run(world.system, change);
  expect(await world.inbox(world.ops.userId)).toHaveLength(1);
  expect(await world.inbox(world.owner.userId)).toEqual([]);
  const next = { ...change, from: "needs_reconsent", to: "healthy", at: world.minutes(9).toISOString() } as const;
  await tellStateChangeJob.run(world.system, next);
  const [told] = await world.inbox(world.owner.userId);
  expect(told?.body).toContain("This is a connection of Test ops, who is suspended.");
});

test("an ending consent is told once for each of its days", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  const { connectionId, name, ownerUserId } = aChange(world);
  for (const daysLeft of [30, 30, 14, 7, 1]) {
    const ending = { connectionId, name, ownerUserId, expiresAt: "2026-12-20T12:00:00.000Z", daysLeft };
    await world.system.tx((tx) => tx.announce(consentEnding, ending));
    await world.run();
    world.clock.advance({ days: 1 });
  }
  const titles = (await world.inbox(world.ops.userId)).map(({ title }) => title);
  expect(titles).toEqual(Array.from({ length: 4 }, () => "The consent of Ava Brandt may end on 20 December 2026"));
});

test("a refused installation is one message an agency, to its longest-standing owner", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  const standing = {
    accepted: false,
    reason: "Amazon does not know this client secret.",
    remedy: "Correct AMAZON_CLIENT_SECRET and restart.",
    since: world.clock().toISOString(),
    at: world.clock().toISOString(),
  };
  await world.system.tx((tx) => tx.announce(clientStanding, standing));
  await world.system.tx((tx) => tx.announce(clientStanding, { ...standing, at: world.minutes(9).toISOString() }));
  await world.system.tx((tx) => tx.announce(clientStanding, { ...standing, accepted: true }));
  await world.run();
  expect((await world.inbox(world.owner.userId)).map(({ kind }) => kind).sort()).toEqual([
    "connection.client_accepted",
    "connection.client_rejected",
  ]);
  expect(await world.inbox(world.ops.userId)).toEqual([]);
});
