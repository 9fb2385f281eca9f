import { expect, test } from "vitest";
import { aBrand } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { deliveryProcess } from "../../tests/support/delivery-process";
import { testMailServer } from "../../tests/support/mail-server";
import { aChange, anAgencyToTell } from "../../tests/support/people-to-tell";
import { publishTheme, saveTheme } from "../workspace/change-theme";
import { defaultSettings } from "../workspace/theme-contract";
import { failedDeliveries } from ".";
import { deliverJob, deliverOverdueTick, forgetDeliveriesTick, tellStateChangeJob } from "./jobs";
import { updateNotificationPreferences } from "./preferences";
import { tell } from "./tell";

const database = testDatabase();
const { appUrl } = database;
const mailServer = testMailServer();

test("fifty connections that fail together are fifty messages and one mail", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  for (let index = 0; index < 50; index++) await world.announce(aChange(world, { to: "degraded", from: "healthy" }));
  await world.run(world.minutes(3));
  expect(await world.inbox(world.ops.userId)).toHaveLength(50);
  expect(mailServer().mails.map(({ subject }) => subject)).toEqual([
    "Ava Brandt: token not refreshed and 49 more messages",
  ]);
});

test("a steady stream of messages makes one mail a minute, and none waits for its end", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  const start = world.clock();
  for (let second = 0; second < 180; second += 20) {
    await world.announce(aChange(world, { at: world.clock().toISOString() }));
    await world.run(new Date(start.getTime() + second * 1000 + 20_000));
    world.clock.set(new Date(start.getTime() + second * 1000 + 20_000));
  }
  await world.run(world.minutes(5));
  const counts = mailServer().mails.map(({ subject }) => Number(/and (\d+) more/.exec(subject ?? "")?.[1] ?? 0) + 1);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(9);
  expect(counts).toHaveLength(3);
});

test("451 twice, then taken: the same mail under the same id, without those who came meanwhile", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  mailServer().refuseNext(451, 451);
  await world.announce(aChange(world));
  await world.run(world.minutes(1));
  expect(await world.deliveries()).toMatchObject([
    { state: "waiting", attempts: 1, note: expect.stringContaining("451") },
  ]);
  await world.announce(aChange(world, { name: "Bo Carter" }));
  await world.run(world.minutes(30));
  expect(mailServer().mails.map(({ subject }) => subject)).toEqual([
    "Ava Brandt must consent again",
    "Bo Carter must consent again",
  ]);
  const ids = mailServer().mails.map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(2);
  expect(await world.deliveries()).toMatchObject([
    { state: "sent", attempts: 3, note: null },
    { state: "sent", attempts: 1 },
  ]);
});

test("550 stops with a note, the inbox keeps the message, and health can say so until it is read", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  mailServer().refuseNext(550);
  await world.announce(aChange(world));
  await world.run(world.minutes(60));
  expect(await world.deliveries()).toMatchObject([
    { state: "failed", attempts: 1, note: expect.stringContaining("550") },
  ]);
  expect(await world.inbox(world.ops.userId)).toHaveLength(1);
  const failed = await world.system.tx(failedDeliveries);
  expect(failed).toMatchObject([{ person: "Test ops", title: "Ava Brandt must consent again" }]);
  await world.announce(aChange(world));
  await world.run(world.minutes(60));
  expect(mailServer().mails).toHaveLength(1);
  expect(await world.system.tx(failedDeliveries)).toEqual([]);
});

test("while the mail server is away nothing is lost; when it is back there are two mails, not ten", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  const here = world.mail?.smtpUrl ?? "";
  Object.assign(world.mail ?? {}, { smtpUrl: "smtp://127.0.0.1:1" });
  for (let index = 0; index < 10; index++) {
    await world.announce(aChange(world));
    await world.run(world.minutes(10));
    world.clock.advance({ minutes: 10 });
  }
  expect(await world.inbox(world.ops.userId)).toHaveLength(10);
  Object.assign(world.mail ?? {}, { smtpUrl: here });
  await world.run(world.minutes(120));
  expect(mailServer().mails.map(({ subject }) => subject)).toEqual([
    "Ava Brandt must consent again",
    "Ava Brandt must consent again and 8 more messages",
  ]);
});

test("a process killed after the mail was taken leads to the same mail once more at most, and to no loss", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  await world.announce(aChange(world));
  await world.run();
  world.clock.advance({ minutes: 1 });
  const { agencyId, ops, clock } = world;
  const errand = { appUrl, agencyId, userId: ops.userId, smtpUrl: mailServer().url, now: clock().toISOString() };
  expect(await deliveryProcess(errand, "deliver.taken")).toBe("SIGKILL");
  expect(mailServer().mails).toEqual([]);
  clock.advance({ minutes: 2 });
  expect(await deliveryProcess({ ...errand, now: clock().toISOString() }, "deliver.sent")).toBe("SIGKILL");
  expect(mailServer().mails).toHaveLength(1);
  // The message that comes now must not be lost in the repeated mail.
  await world.announce(aChange(world, { name: "Bo Carter" }));
  await world.run(world.minutes(10));
  const [first, again, other, ...more] = mailServer().mails;
  expect(more).toEqual([]);
  expect(again?.messageId).toBe(first?.messageId);
  expect(again?.text).toBe(first?.text);
  expect(other?.subject).toBe("Bo Carter must consent again");
  expect((await world.deliveries()).map(({ state }) => state)).toEqual(["sent", "sent"]);
}, 60_000);

test("a job that was given up leaves its rows to the tick", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  await tellStateChangeJob.run(world.system, aChange(world, { name: "Bo Carter" }));
  const dropped = world.run(world.minutes(2), [{ ...deliverJob, run: async () => {} }]);
  expect(await dropped).toEqual(["notifications.deliver"]);
  world.clock.advance({ minutes: 10 });
  await deliverOverdueTick.run(world.system);
  await world.run(world.minutes(5));
  expect(mailServer().mails.map(({ subject }) => subject)).toContain("Bo Carter must consent again");
});

test("who wants no email gets none, not even what was waiting", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  await world.announce(aChange(world));
  await world.run();
  await updateNotificationPreferences(world.as(world.ops.userId), { id: "me", email: false });
  await world.announce(aChange(world));
  await world.run(world.minutes(10));
  expect(await world.inbox(world.ops.userId)).toHaveLength(2);
  expect(mailServer().mails).toEqual([]);
  expect(await world.deliveries()).toEqual([]);
});

test("without a mail server the inbox alone is used", async () => {
  const world = await anAgencyToTell(database);
  await world.announce(aChange(world));
  await world.run(world.minutes(10));
  expect(await world.inbox(world.ops.userId)).toHaveLength(1);
  expect(await world.deliveries()).toEqual([]);
});

test("how a message was carried is forgotten after 90 days, the message is not", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  await world.announce(aChange(world));
  await world.run(world.minutes(1));
  world.clock.advance({ days: 89 });
  await forgetDeliveriesTick.run(world.system);
  expect(await world.deliveries()).toHaveLength(1);
  world.clock.advance({ days: 2 });
  await forgetDeliveriesTick.run(world.system);
  expect(await world.deliveries()).toEqual([]);
  expect(await world.inbox(world.ops.userId)).toHaveLength(1);
});

test("a mail to who has one brand comes in the look of that brand, others in the agency's", async () => {
  const world = await anAgencyToTell(database, mailServer().url);
  const brandId = await aBrand(database.db, world.agencyId);
  const publish = async (id: string, mailSender: string) => {
    await saveTheme(world.system, {
      id,
      settings: { ...defaultSettings, mailSender, footer: `From ${id}` },
      version: 0,
    });
    await publishTheme(world.system, { id, version: 1 });
  };
  await publish("agency", "North Agency");
  await publish(brandId, "Acme Reports");
  await world.announce(aChange(world));
  await world.run(world.minutes(2));
  world.clock.advance({ minutes: 2 });
  await world.system.tx(
    ({ sql }) => sql`update memberships set brand_id = ${brandId} where user_id = ${world.ops.userId}`,
  );
  await world.system.tx((tx) => tell(tx, world.ops.userId, aMessage()));
  await world.run(world.minutes(2));
  expect(mailServer().mails.map(({ from, text }) => [from?.name, text?.includes(`From ${brandId}`)])).toEqual([
    ["North Agency", false],
    ["Acme Reports", true],
  ]);
});

const aMessage = () => ({
  kind: "connection.recovered" as const,
  signal: "ok" as const,
  title: "Ava works again",
  body: "All of it.",
  action: { label: "Open", path: "/" },
  subject: { type: "connection", id: "1" },
  dedupeKey: "once",
  at: null,
});
