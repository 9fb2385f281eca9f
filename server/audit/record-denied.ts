// Who was refused for want of a permission. Written in a transaction of its own: the refused one rolls back.
import { createHash } from "node:crypto";
import type { Ctx } from "../core/context";
import { appendOnce } from "./append";

export interface Refusal {
  method: string;
  /** The path asked for. */
  address: string;
  /** What the person was told. */
  reason: string;
}

/** Once for each person, address and minute, however often they try: an address differs by more than the ids in it. */
export async function recordDenied(ctx: Ctx, { method, address, reason }: Refusal): Promise<void> {
  const what = `${method} ${withoutIds(address)}`;
  const minute = ctx.now().toISOString().slice(0, 16);
  const id = uuidOf([ctx.agencyId, JSON.stringify(ctx.actor), what, minute].join("\n"));
  const target = { type: "address", id: what, label: what };
  await ctx.tx((tx) => appendOnce(ctx, tx.db, { id, action: "access.denied", target, after: { address, reason } }));
}

/** Words are lower-case letters; whatever else a step holds is an id. */
const withoutIds = (address: string): string =>
  address
    .split("/")
    .map((step) => (/^[a-z-]*$|^v1$/.test(step) ? step : ":id"))
    .join("/");

function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}
