import type { Ctx, TxCtx } from "../core/context";
import { openLetter, sendLetterJobName } from "../core/letters";
import { composeLetter } from "./channels/email/compose-letter";
import { sendMail } from "./channels/email/send-mail";
import { endMail, type MailRow, takeMail } from "./mail-store";
import { retryDelay } from "./next-batch";

/** Longer than one sending may take: a process that died meanwhile is known by it. */
const attemptMs = 120_000;

/** May be run again at any point: a process that dies after the mail was taken leads to one more of the same, under the same id. */
export async function sendLetter(ctx: Ctx, { id }: { id: string }): Promise<void> {
  const settings = ctx.services.mail;
  if (!settings) return;
  const row = await ctx.tx((tx) => takeMail(tx, id, new Date(tx.now().getTime() + attemptMs)));
  if (!row?.body) return;
  const { publicUrl, vault } = ctx.services;
  const mail = composeLetter(
    { id, to: row.recipient, subject: row.subject, ...openLetter(vault, { id, body: row.body }) },
    publicUrl,
  );
  const result = await sendMail(mail, settings);
  await ctx.tx(async (tx) => {
    if (result.kind === "sent") await endMail(tx, id, { sentAt: tx.now(), nextAt: null, body: null, note: null });
    else await putOff(tx, row, result);
  });
}

async function putOff(tx: TxCtx, row: MailRow, { kind, note }: { kind: "later" | "refused"; note: string }) {
  const delay = kind === "later" ? retryDelay(row.attempts) : null;
  tx.log.warn({ mailId: row.id, note, attempts: row.attempts, again: delay !== null }, "mail not accepted");
  if (delay === null) {
    await endMail(tx, row.id, { failedAt: tx.now(), nextAt: null, body: null, note });
    return;
  }
  const nextAt = new Date(tx.now().getTime() + delay);
  await endMail(tx, row.id, { nextAt, note });
  await tx.enqueue(sendLetterJobName, { id: row.id }, { runAt: nextAt });
}
