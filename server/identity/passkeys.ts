// One's own passkeys: list, add, rename, remove.
import { z } from "zod";
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError, notFound } from "../core/errors";
import type { ListQuery, ListResult } from "../core/query";
import { requirePerson } from "./actor";
import { NewPasskeyAnswer, type Passkey, PasskeyName } from "./contract";
import { deletePasskey, insertPasskey, type PasskeyRow, renamePasskeyRow, selectPasskeys } from "./factor-store";
import { aboutMe, ownPerson, requireRecentProof } from "./own-person";
import { checkNewPasskey, creationOptions } from "./passkey-check";
import { Me } from "./profile";
import { findUser, moveSession, reachPerson } from "./store";
import { tellPerson } from "./tell-person";

const most = 20;

export async function listOwnPasskeys(ctx: TxCtx, query: ListQuery): Promise<ListResult<Passkey>> {
  const items = (await selectPasskeys(ctx, await ownPersonId(ctx))).map(toPasskey);
  return { total: items.length, items: items.slice(query.start, query.start + query.limit) };
}

const toPasskey = ({ id, name, backedUp, createdAt, lastUsedAt }: PasskeyRow): Passkey => ({
  id,
  name,
  backedUp,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
});

async function ownPersonId(ctx: TxCtx): Promise<string> {
  const user = await findUser(ctx, requirePerson(ctx).userId);
  if (!user) throw notFound("This profile");
  await reachPerson(ctx, user.personId);
  return user.personId;
}

/** What the browser's authenticator is asked to make. */
export const beginPasskey = command({
  name: "profile.begin-passkey",
  permission: "profile.write",
  input: z.strictObject({ id: Me }),
  run: async (ctx) => {
    await requireRecentProof(ctx);
    const { user, person } = await ownPerson(ctx);
    const known = await selectPasskeys(ctx, person.personId);
    if (known.length >= most) {
      throw new AppError("conflict", `You have ${most} passkeys already.`, { remedy: "Remove one first." });
    }
    const { publicUrl } = ctx.services;
    const { personId, email } = person;
    const result = await creationOptions(ctx, { publicUrl, at: ctx.now(), personId, email, name: user.name, known });
    return { result, audit: null };
  },
});

export const addPasskey = command({
  name: "profile.add-passkey",
  permission: "profile.write",
  input: z.strictObject({ id: Me, name: PasskeyName, answer: NewPasskeyAnswer }),
  run: async (ctx, { name, answer }) => {
    await requireRecentProof(ctx);
    const me = await ownPerson(ctx);
    const { personId } = me.person;
    const made = await checkNewPasskey(ctx, { answer, publicUrl: ctx.services.publicUrl, at: ctx.now() });
    const row: PasskeyRow = { ...made, personId, name, createdAt: ctx.now(), lastUsedAt: null };
    if (!(await insertPasskey(ctx, row))) throw new AppError("conflict", "You have this passkey already.");
    await moveSession(ctx, me.sessionId, { method: "passkey", provedAt: ctx.now() });
    await ctx.changed("passkeys");
    await tellPerson(ctx, me, `The passkey "${name}" now signs you in.`);
    return { result: toPasskey(row), audit: { action: "user.passkey_added", ...aboutMe(me), after: { name } } };
  },
});

export const renamePasskey = command({
  name: "passkey.rename",
  permission: "profile.write",
  input: z.strictObject({ id: z.string().max(2048), name: PasskeyName }),
  run: async (ctx, { id, name }) => {
    const row = await renamePasskeyRow(ctx, await ownPersonId(ctx), { id, name });
    if (!row) throw notFound("This passkey");
    const { user } = await ownPerson(ctx);
    await ctx.changed("passkeys");
    return { result: toPasskey(row), audit: { action: "user.passkey_renamed", ...aboutMe({ user }), after: { name } } };
  },
});

export const removePasskey = command({
  name: "passkey.remove",
  permission: "profile.write",
  input: z.strictObject({ id: z.string().max(2048) }),
  run: async (ctx, { id }) => {
    await requireRecentProof(ctx);
    const row = await deletePasskey(ctx, await ownPersonId(ctx), id);
    if (!row) throw notFound("This passkey");
    const me = await ownPerson(ctx);
    await ctx.changed("passkeys");
    await tellPerson(ctx, me, `The passkey "${row.name}" was removed and no longer signs you in.`);
    return {
      result: { id },
      audit: { action: "user.passkey_removed", ...aboutMe(me), before: { name: row.name } },
    };
  },
});
