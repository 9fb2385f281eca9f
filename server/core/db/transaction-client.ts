// The client of one transaction: it prepares what Drizzle sends, and takes no more statements once the transaction is over. postgres.js
// would send them on whatever the connection does next, which may be another agency's transaction.
import type { TransactionSql } from "postgres";
import { isWorthKeeping } from "./prepared";

/** Of a transaction and its savepoints. */
export interface Life {
  over: boolean;
}

function requireOpen({ over }: Life): void {
  if (over) throw new Error("the transaction this statement belongs to is over");
}

/** @returns the client for templates; what Drizzle calls is changed in place */
export function bound(client: TransactionSql, life: Life): TransactionSql {
  const { unsafe, savepoint } = client;
  client.unsafe = (text, values, options) => {
    requireOpen(life);
    return unsafe(text, values, values?.length ? { ...options, prepare: isWorthKeeping(text) } : options);
  };
  const inside = (work: unknown) =>
    savepoint((inner) => (work as (sql: TransactionSql) => Promise<unknown>)(bound(inner, life)));
  client.savepoint = inside as typeof savepoint;
  return new Proxy(client, {
    apply(target, self, args) {
      requireOpen(life);
      return Reflect.apply(target, self, args);
    },
  });
}
