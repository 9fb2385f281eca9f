import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { type LetterBody, openLetter } from "../core/letters";
import { requireRead } from "../core/query";
import type { OutboxMail } from "./contract";
import { selectKept } from "./mail-store";

const most = 500;

/** Mails that were written on behalf of this agency, newest first. The page exists only where no mail server carries them. */
export async function listOutbox(ctx: TxCtx): Promise<OutboxMail[]> {
  if (ctx.services.mailRoute !== "outbox") throw notFound("This page");
  requireRead(ctx, "agency.write");
  const rows = await selectKept(ctx, most);
  return rows.flatMap((row) => {
    const letter = readable(ctx, row);
    if (letter?.agencyId !== ctx.agencyId) return [];
    const { id, recipient: to, subject, createdAt } = row;
    const { name, lines, action = null } = letter;
    return [{ id, to, name, subject, createdAt: createdAt.toISOString(), lines, action }];
  });
}

/** Null for one whose encryption key is gone: it must not hide the others. */
function readable({ services, log }: TxCtx, { id, body }: { id: string; body: string }): LetterBody | null {
  try {
    return openLetter(services.vault, { id, body });
  } catch (error) {
    log.warn({ err: error, mailId: id }, "a mail cannot be opened");
    return null;
  }
}
