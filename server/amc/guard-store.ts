// Of a question that is about to be asked: the run that answers it already, and the runs that asked the same data lately.
import { and, arrayOverlaps, desc, eq, gte, inArray, lte, ne, or } from "drizzle-orm";
import type { TxCtx } from "../core/context";
import { countAll } from "../core/db/list-clauses";
import { openStates } from "./execution-contract";
import { type ExecutionRow, ours } from "./execution-store";
import { amcExecutions as executions } from "./tables";

/** A run that answers the same: one under way, or one that ended since the moment. The newest. */
export async function findIdentical(
  tx: TxCtx,
  { instanceId, fingerprint, freshSince }: { instanceId: string; fingerprint: string; freshSince: Date },
): Promise<ExecutionRow | null> {
  const usable = or(
    inArray(executions.state, [...openStates]),
    and(eq(executions.state, "done"), gte(executions.finishedAt, freshSince)),
  );
  const [row] = await tx.db
    .select()
    .from(executions)
    .where(
      and(
        ours(tx),
        eq(executions.instanceId, instanceId),
        eq(executions.fingerprint, fingerprint),
        eq(executions.cancelAsked, false),
        usable,
      ),
    )
    .orderBy(desc(executions.createdAt))
    .limit(1);
  return row ?? null;
}

interface Inputs {
  instanceId: string;
  tables: readonly string[];
  from: string;
  to: string;
}

/** Runs since the moment over one of the tables and some of the days, of the same question too: how many, and the latest 50. */
export async function selectOverlapping(tx: TxCtx, { instanceId, tables, from, to }: Inputs, since: Date) {
  if (tables.length === 0) return { rows: [], total: 0 };
  const where = and(
    ours(tx),
    eq(executions.instanceId, instanceId),
    ne(executions.state, "cancelled"),
    gte(executions.createdAt, since),
    lte(executions.windowFrom, to),
    gte(executions.windowTo, from),
    arrayOverlaps(executions.tables, [...tables]),
  );
  const rows = await tx.db.select().from(executions).where(where).orderBy(desc(executions.createdAt)).limit(50);
  const [count] = await tx.db.select({ total: countAll }).from(executions).where(where);
  return { rows, total: count?.total ?? 0 };
}
