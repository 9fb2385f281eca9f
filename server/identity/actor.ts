import type { Ctx } from "../core/context";
import { AppError } from "../core/errors";

/** The person who acts. Sessions and passwords belong to people, never to the system. */
export function requirePerson(ctx: Pick<Ctx, "actor">) {
  if (ctx.actor.kind === "user") return ctx.actor;
  throw new AppError("forbidden", "Only a signed-in person can do this.");
}
