// What signs the calls of an action: made by us, told once, kept sealed. Standard Webhooks (standardwebhooks.com) says how.
import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { Ctx } from "../core/context";
import type { Binding } from "../core/crypto/vault";
import type { ActionRow } from "./action-store";

export const makeSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

export const secretBinding = (agencyId: string, actionId: string): Binding => ({
  agencyId,
  connectionId: actionId,
  field: "actionSecret",
});

export const sealSecret = (ctx: Ctx, actionId: string, secret: string): string =>
  ctx.services.vault.seal(secretBinding(ctx.agencyId, actionId), secret);

export interface Signed {
  /** The same at every attempt. */
  messageId: string;
  body: string;
}

/** The headers that say who sent it: the newest secret's signature first, the one before it beside it while it holds. */
export function signedHeaders(ctx: Ctx, action: ActionRow, { messageId, body }: Signed): Record<string, string> {
  const now = ctx.now();
  const former = action.formerUntil && action.formerUntil > now ? action.formerSecret : null;
  const binding = secretBinding(ctx.agencyId, action.id);
  const signatures = [action.secret, former]
    .filter((sealed) => sealed !== null)
    .map((sealed) => new Webhook(ctx.services.vault.open(binding, sealed)).sign(messageId, now, body));
  return {
    "webhook-id": messageId,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": signatures.join(" "),
  };
}
