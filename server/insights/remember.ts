// Numbers that were worked out before: for the same question about the same accounts, at the same version of their data.
import { createHash } from "node:crypto";
import type { TxCtx } from "../core/context";
import type { Scope } from "./scope";
import { isStillOpen } from "./scope-store";

export interface Question {
  name: string;
  /** Whose numbers, over which days, how much of them the reader may see: judged anew for every reader. */
  scope: Scope;
  /** All else that the answer depends on, beside the data of the accounts. */
  asked: unknown;
}

/**
 * Every commit that changes an account's numbers or entities makes a new version of it, and a question about that version is a
 * new one. The version is read before the numbers: an answer may be newer than its key says, never older.
 * @param work answers in JSON
 */
export function remembered<T>(tx: TxCtx, { name, scope, asked }: Question, work: () => Promise<T>): Promise<T> {
  const question = JSON.stringify([scope, asked], (_, value) => (typeof value === "bigint" ? `${value}n` : value));
  const digest = createHash("sha256").update(question).digest("base64url");
  return tx.services.cache.remember(`${tx.agencyId}:${name}:${digest}`, async () => {
    const answer = await work();
    // Another question of the same transaction may have ended it meanwhile: what was read after that is nothing.
    if (!(await isStillOpen(tx))) throw new Error("The transaction ended while its numbers were worked out.");
    return answer;
  });
}
