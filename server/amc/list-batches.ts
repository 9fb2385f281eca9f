import type { TxCtx } from "../core/context";
import { notFound } from "../core/errors";
import { type ListQuery, type ListResult, requireRead, wholeList } from "../core/query";
import { type BatchRow, countRuns, selectBatches } from "./batch-store";
import type { AmcBatch } from "./execution-contract";

type Counts = Awaited<ReturnType<typeof countRuns>>;

export async function listBatches(tx: TxCtx, query: ListQuery): Promise<ListResult<AmcBatch>> {
  requireRead(tx, "amc.read", "anyBrand");
  const { rows, total } = await selectBatches(tx, query);
  const counts = await countRuns(
    tx,
    rows.map(({ id }) => id),
  );
  const now = tx.now();
  const items = rows.map((row) =>
    show(
      row,
      counts.filter(({ batchId }) => batchId === row.id),
      now,
    ),
  );
  return { items, total };
}

/** @throws {AppError} not_found */
export async function getBatch(tx: TxCtx, id: string): Promise<AmcBatch> {
  const byId = { field: "id", operator: "eq" as const, values: [id] };
  const [batch] = (await listBatches(tx, { ...wholeList(1), filters: [byId] })).items;
  if (!batch) throw notFound("This batch");
  return batch;
}

function show({ agencyId: _, createdAt, ...row }: BatchRow, counts: Counts, now: Date): AmcBatch {
  const of = (...states: string[]) =>
    counts.filter(({ state }) => states.includes(state)).reduce((sum, { runs }) => sum + runs, 0);
  const waiting = of("waiting");
  const running = of("submitting", "running", "collecting");
  const seconds = counts.find(({ state, reused }) => state === "done" && !reused)?.seconds ?? null;
  const reused = counts.filter((count) => count.reused);
  const left = waiting + running;
  const ends = counts.flatMap(({ lastAt }) => (lastAt ? [lastAt.getTime()] : []));
  const answers = reused.flatMap(({ firstAt }) => (firstAt ? [firstAt.getTime()] : []));
  return {
    ...row,
    total: of("waiting", "submitting", "running", "collecting", "done", "failed", "cancelled"),
    done: of("done"),
    failed: of("failed"),
    cancelled: of("cancelled"),
    running,
    waiting,
    reused: reused.reduce((sum, { runs }) => sum + runs, 0),
    oldestReusedAt: answers.length > 0 ? new Date(Math.min(...answers)).toISOString() : null,
    etaAt: seconds !== null && left > 0 ? etaOf(now, { seconds, rounds: Math.ceil(left / row.atOnce) }) : null,
    createdAt: createdAt.toISOString(),
    finishedAt: left === 0 && ends.length > 0 ? new Date(Math.max(createdAt.getTime(), ...ends)).toISOString() : null,
  };
}

const etaOf = (now: Date, { seconds, rounds }: { seconds: number; rounds: number }): string =>
  new Date(now.getTime() + rounds * seconds * 1000).toISOString();
