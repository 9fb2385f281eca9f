import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import type { Ctx } from "../core/context";
import { wholeList } from "../core/query";
import { users } from "../identity/tables";
import { getMessage, listMessages } from "./list-messages";
import { readAllMessages, readMessage, unreadMessage } from "./mark-messages";
import { getNotificationPreferences, updateNotificationPreferences } from "./preferences";
import { messages } from "./tables";

const { db } = testDatabase();

async function twoPeople() {
  const agencyId = await anAgency(db);
  const mail = { smtpUrl: "smtp://127.0.0.1:1", from: "tidemark@agency.example" };
  const source = aSource(db, { services: { mail, publicUrl: "https://tidemark.example.com" } });
  const someone = async () => {
    const id = randomUUID();
    await db.withAgency(agencyId, (scope) =>
      scope.db.insert(users).values({ agencyId, id, email: `${id}@agency.test`, name: "Somebody", personId: id }),
    );
    return { id, ctx: aCtx(source, agencyId, { memberships: asOwner, userId: id }) };
  };
  const [mine, other] = [await someone(), await someone()];
  const tell = async (userId: string, title: string, at: string) => {
    const [row] = await db.withAgency(agencyId, (scope) =>
      scope.db
        .insert(messages)
        .values({
          agencyId,
          userId,
          kind: "connection.degraded",
          signal: "attention",
          title,
          body: "Body",
          subject: { type: "connection", id: "1" },
          dedupeKey: randomUUID(),
          createdAt: new Date(at),
        })
        .returning(),
    );
    return row?.id ?? "";
  };
  return { mine, other, tell };
}

const titles = async (ctx: Ctx, read?: string) => {
  const filters = read ? [{ field: "read", operator: "eq" as const, values: [read] }] : [];
  return (await ctx.tx((tx) => listMessages(tx, { ...wholeList(), filters }))).items.map(({ title }) => title);
};

test("an inbox holds one's own messages, newest first, and tells read from unread", async () => {
  const { mine, other, tell } = await twoPeople();
  const early = await tell(mine.id, "early", "2026-11-19T12:00:00Z");
  await tell(mine.id, "late", "2026-11-20T11:00:00Z");
  await tell(other.id, "not mine", "2026-11-20T11:30:00Z");
  expect(await titles(mine.ctx)).toEqual(["late", "early"]);
  expect(await readMessage(mine.ctx, { id: early })).toMatchObject({ readAt: "2026-11-20T12:00:00.000Z" });
  expect([await titles(mine.ctx, "false"), await titles(mine.ctx, "true")]).toEqual([["late"], ["early"]]);
  expect(await unreadMessage(mine.ctx, { id: early })).toMatchObject({ readAt: null });
  expect(await readAllMessages(mine.ctx, {})).toEqual({ marked: 2 });
  expect(await titles(mine.ctx, "false")).toEqual([]);
  expect(await titles(other.ctx, "false")).toEqual(["not mine"]);
});

test("another person's message is not there, for an owner too", async () => {
  const { mine, other, tell } = await twoPeople();
  const id = await tell(other.id, "not mine", "2026-11-20T11:00:00Z");
  for (const attempt of [
    () => mine.ctx.tx((tx) => getMessage(tx, id)),
    () => readMessage(mine.ctx, { id }),
    () => unreadMessage(mine.ctx, { id }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  }
  expect(await titles(other.ctx, "false")).toEqual(["not mine"]);
});

test("emails are wanted until one says otherwise, and the address is told", async () => {
  const { mine } = await twoPeople();
  const read = () => mine.ctx.tx((tx) => getNotificationPreferences(tx, "me"));
  expect(await read()).toEqual({ id: "me", email: true, address: `${mine.id}@agency.test`, emailReady: true });
  await updateNotificationPreferences(mine.ctx, { id: "me", email: false });
  expect(await read()).toMatchObject({ email: false });
  await updateNotificationPreferences(mine.ctx, { id: "me", email: true });
  expect(await read()).toMatchObject({ email: true });
});
