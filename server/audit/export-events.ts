// The log as a file that proves itself: every event that is asked for, and of those between only what the chain needs.
import type { Ctx, TxCtx } from "../core/context";
import { type ListQuery, requireRead } from "../core/query";
import { digestOf } from "./canonical";
import { exportedLinks, findStart, firstMatch, selectCheckpoints, selectSigningKeys } from "./chain-store";
import type { Place } from "./check-chain";
import type { AuditEvent } from "./contract";
import { isShown, withoutMoney } from "./redact-money";
import { signedOf, takeCheckpoint } from "./take-checkpoint";

type ExportFormat = "csv" | "jsonl";

const batch = 1000;

interface ExportOptions {
  query: ListQuery;
  format: ExportFormat;
  /** The filters as they were asked for. */
  asked: string;
}

/** Says in the log that it was exported, and signs where the chain stands, so that all of the file is under a checkpoint. */
export async function beginExport(ctx: Ctx, { format, asked }: ExportOptions): Promise<Place> {
  requireRead(ctx, "audit.read", "anyBrand");
  await ctx.tx((tx) =>
    tx.audit({
      action: "audit.exported",
      target: { type: "audit", id: ctx.agencyId, label: "Audit log" },
      after: { format, filters: asked || "none" },
    }),
  );
  const end = await takeCheckpoint(ctx);
  if (!end) throw new Error("an agency that has just written an event has a chain");
  return end;
}

/** What the query matches, oldest first, with its place in the chain. */
export async function* matchingEvents(ctx: Ctx, query: ListQuery, end: Place): AsyncGenerator<ExportedEvent> {
  for await (const { matches, text, seq, hash } of everyLink(ctx, query, { after: 0, end })) {
    if (matches && text) yield { ...withoutMoney(ctx, JSON.parse(text) as AuditEvent), seq, hash };
  }
}

type ExportedEvent = AuditEvent & Place;

async function* everyLink(ctx: Ctx, query: ListQuery, { after, end }: { after: number; end: Place }) {
  for (let last = after; ; ) {
    const rows = await ctx.tx((tx) => exportedLinks(tx, query, { after: last, upTo: end.seq, limit: batch }));
    yield* rows;
    const newest = rows.at(-1);
    if (!newest || rows.length < batch) return;
    last = newest.seq;
  }
}

/** The lines of the file that `verifyExport` reads, without their line ends. */
export async function* exportLines(ctx: Ctx, { query, asked }: ExportOptions, end: Place): AsyncGenerator<string> {
  const { start, checkpoints, keys } = await ctx.tx((tx) => readFrame(tx, query, end));
  const { agencyId } = ctx;
  const exportedAt = ctx.now().toISOString();
  yield JSON.stringify({
    type: "header",
    format: "tidemark audit 1",
    agencyId,
    exportedAt,
    filters: asked,
    start,
    end,
  });
  for (const { id, publicKey } of keys) yield JSON.stringify({ type: "key", id, publicKey });
  const waiting = checkpoints.filter(({ seq }) => seq >= start.seq && seq <= end.seq);
  const due = function* (seq: number) {
    while (waiting[0] && waiting[0].seq <= seq) yield JSON.stringify({ type: "checkpoint", ...waiting.shift() });
  };
  yield* due(start.seq);
  for await (const { seq, hash, text, digest, matches } of everyLink(ctx, query, { after: start.seq, end })) {
    // The event goes as the database wrote it, to the byte; one with money that is hidden proves itself by its digest only.
    yield matches && text && isShown(ctx, JSON.parse(text) as AuditEvent)
      ? `{"type":"event","seq":${seq},"hash":"${hash}","event":${text}}`
      : JSON.stringify({ type: "digest", seq, hash, digest: digest ?? digestOf(text ?? "") });
    yield* due(seq);
  }
  yield JSON.stringify({ type: "end" });
}

/** The file begins at the last checkpoint before what it is about, or where the chain begins. */
async function readFrame(tx: TxCtx, query: ListQuery, end: Place) {
  const checkpoints = (await selectCheckpoints(tx)).map(signedOf);
  const begin = await findStart(tx);
  const first = (await firstMatch(tx, query)) ?? end.seq;
  const before = checkpoints.filter(({ seq }) => seq < first && seq >= begin.seq).at(-1) ?? begin;
  return { start: { seq: before.seq, hash: before.hash }, checkpoints, keys: await selectSigningKeys(tx) };
}
