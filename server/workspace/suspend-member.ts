// Taking somebody's access away: they are thrown out at once, and what hangs on them goes to somebody who stays.
import { command } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { setUserState } from "../identity";
import { type Belongings, belongingsOf, belongingWords } from "./belongings";
import { about } from "./change-member";
import { type Member, MemberSuspend } from "./contract";
import { getMember } from "./list-members";
import { selectMemberships } from "./member-store";
import { rightsOf } from "./permissions";
import { permissionWords } from "./role-contract";
import { requireMayGive, requireOtherOwner } from "./role-rules";

export const suspendMember = command({
  name: "member.suspend",
  permission: "members.write",
  input: MemberSuspend,
  run: async (ctx, { id, handOverTo }) => {
    const member = await getMember(ctx, id);
    if (ctx.actor.kind === "user" && ctx.actor.userId === id) {
      throw new AppError("conflict", "You cannot suspend yourself.", { remedy: "Ask another admin to do it." });
    }
    await requireMayGive(ctx, await selectMemberships(ctx, id));
    await requireOtherOwner(ctx, id);
    const belongings = await belongingsOf(ctx, id);
    if (member.state === "suspended" && belongings.length === 0) return { result: member, audit: null };
    const heir = belongings.length > 0 || handOverTo ? await heirOf(ctx, member, { belongings, handOverTo }) : null;
    if (heir) {
      for (const { kind } of belongings) await kind.handOver(ctx, { from: id, to: heir.id, fromName: member.name });
    }
    await setUserState(ctx, id, "suspended");
    await ctx.changed("members", [id]);
    const after = heir && belongings.length > 0 ? { handedOver: belongingWords(belongings), to: heir.name } : undefined;
    return {
      result: { ...member, state: "suspended" as const },
      audit: { action: "member.suspended", ...about(member), ...(after ? { after } : {}) },
    };
  },
});

interface Heritage {
  belongings: Belongings[];
  handOverTo: string | undefined;
}

/** Whoever takes it over: active, somebody else, and able to look after each kind. */
async function heirOf(ctx: TxCtx, member: Member, { belongings, handOverTo }: Heritage): Promise<Member> {
  if (!handOverTo) {
    throw new AppError("conflict", `${member.name} looks after ${belongingWords(belongings)}.`, {
      fields: { handOverTo: "Choose who takes this over." },
      remedy: "Choose who takes it over; then nothing is left without somebody.",
    });
  }
  const heir = await getMember(ctx, handOverTo);
  if (heir.id === member.id || heir.state !== "active") {
    throw unfit(`${heir.name} cannot take this over.`, "Choose another person who can sign in.");
  }
  const rights = rightsOf(await selectMemberships(ctx, heir.id));
  for (const { kind } of belongings) {
    if (!kind.needs || rights.can(kind.needs, "anyBrand")) continue;
    const lacking = `${heir.name} may not "${permissionWords(kind.needs)}", which ${kind.words[1]} need.`;
    throw unfit(lacking, "Choose somebody else, or give them a role that may.");
  }
  return heir;
}

const unfit = (message: string, remedy: string) =>
  new AppError("invalid", message, { fields: { handOverTo: message }, remedy });
