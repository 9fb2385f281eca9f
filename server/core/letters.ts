// Mails of the product itself, such as a link to set a password: written in the transaction of their cause, carried by
// server/notifications. What they say is sealed, as it may hold a link that signs in.
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Vault } from "./crypto/vault";
import type { Scope } from "./db/connect";
import { mails } from "./tables";

/** `server`: a mail server carries them. `outbox`: they are kept to be read on a page. Null: there is no way for them. */
export type MailRoute = "server" | "outbox" | null;

declare module "./context" {
  interface Services {
    mailRoute: MailRoute;
  }
}

export interface LetterBox {
  vault: Vault;
  mailRoute: MailRoute;
}

const Body = z.object({
  /** The agency on whose behalf it is sent. */
  agencyId: z.string(),
  name: z.string(),
  /** A line a paragraph. */
  lines: z.array(z.string()),
  action: z.object({ label: z.string(), url: z.string() }).optional(),
});
export type LetterBody = z.infer<typeof Body>;

export interface Letter extends Omit<LetterBody, "agencyId"> {
  to: string;
  subject: string;
}

/** Where a letter is written: every TxCtx is one. */
export interface LetterScope extends Scope {
  agencyId: string;
  requestId: string;
  now(): Date;
}

export const sendLetterJobName = "notifications.send-letter";

/** @returns whether it is on its way; false where this installation has none */
export async function postLetter(scope: LetterScope, box: LetterBox, letter: Letter): Promise<boolean> {
  const { agencyId } = scope;
  const { to: recipient, subject, ...rest } = letter;
  if (!box.mailRoute) return false;
  const id = randomUUID();
  const now = scope.now();
  const body = box.vault.seal(bindingOf(id), JSON.stringify({ agencyId, ...rest } satisfies LetterBody));
  const nextAt = box.mailRoute === "server" ? now : null;
  await scope.db.insert(mails).values({ id, recipient, subject, body, createdAt: now, nextAt });
  if (nextAt) {
    const payload = JSON.stringify({ agencyId, requestId: scope.requestId, input: { id } });
    await scope.db.execute(sql`select tidemark_enqueue(${sendLetterJobName}, ${payload}::json, null, null, null, 10)`);
  }
  return true;
}

export const openLetter = (vault: Vault, { id, body }: { id: string; body: string }): LetterBody =>
  Body.parse(JSON.parse(vault.open(bindingOf(id), body)));

const bindingOf = (id: string) => ({ agencyId: "mails", connectionId: id, field: "body" });
