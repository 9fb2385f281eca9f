// SQL of the product's own mails. They belong to no agency: the rest of the transaction sees all of them.
import { and, desc, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { mails } from "../core/tables";

export type MailRow = typeof mails.$inferSelect;

async function reachMails(tx: TxCtx): Promise<void> {
  await tx.db.execute(sql`select set_config('app.scope', 'system', true)`);
}

/** Takes one that is due, and keeps others from it until `leaseEnd`; null where it was sent, given up or is in hand. */
export async function takeMail(tx: TxCtx, id: string, leaseEnd: Date): Promise<MailRow | null> {
  await reachMails(tx);
  const [row] = await tx.db
    .update(mails)
    .set({ attempts: sql`${mails.attempts} + 1`, nextAt: leaseEnd })
    .where(and(eq(mails.id, id), sql`${mails.nextAt} <= ${tx.now().toISOString()}::timestamptz`))
    .returning();
  return row ?? null;
}

export async function endMail(
  tx: TxCtx,
  id: string,
  change: Partial<Pick<MailRow, "body" | "nextAt" | "sentAt" | "failedAt" | "note">>,
): Promise<void> {
  await reachMails(tx);
  await tx.db.update(mails).set(change).where(eq(mails.id, id));
}

/** Those that should have been tried before the moment. */
export async function selectOverdueMails(tx: TxCtx, before: Date): Promise<string[]> {
  await reachMails(tx);
  const rows = await tx.db.select({ id: mails.id }).from(mails).where(lt(mails.nextAt, before)).limit(100);
  return rows.map(({ id }) => id);
}

export async function deleteMails(tx: TxCtx, before: Date): Promise<void> {
  await reachMails(tx);
  await tx.db.delete(mails).where(and(lt(mails.createdAt, before), isNull(mails.nextAt)));
}

/** Kept to be read on a page, newest first. */
export async function selectKept(tx: TxCtx, limit: number): Promise<(MailRow & { body: string })[]> {
  await reachMails(tx);
  const rows = await tx.db
    .select()
    .from(mails)
    .where(and(isNull(mails.nextAt), isNull(mails.sentAt), isNull(mails.failedAt), isNotNull(mails.body)))
    .orderBy(desc(mails.createdAt))
    .limit(limit);
  return rows.flatMap((row) => (row.body === null ? [] : [{ ...row, body: row.body }]));
}
