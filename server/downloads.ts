// Files beside the REST API: the audit log with proofs, lists that a job has written, and receipts.
import type { Request, RequestHandler, Response } from "express";
import { fileHeaders } from "./api/file-headers";
import { parseListQuery } from "./api/simple-rest";
import { beginExport, exportLines, matchingEvents } from "./audit";
import { auditEventsResource } from "./audit/api";
import type { AuditEvent } from "./audit/contract";
import type { Ctx } from "./core/context";
import { AppError, notFound } from "./core/errors";
import { requireRead } from "./core/query";
import { type Cell, type Download, downloadExport, downloadReceipt, type FileColumn, formats } from "./exports";
import { admit, notSignedIn, refusalsRecorded } from "./load-context";
import type { Product } from "./product";
import { sendBytes } from "./send-bytes";

/** GET /exports/audit-events?format=csv|jsonl and the filters of GET /api/v1/audit-events. */
export const auditFile = (product: Product): RequestHandler => sendFile(product, readAudit);

/** GET /exports/files/:id: what POST /api/v1/exports/ask was answered with, once it is written. */
export const writtenFile = (product: Product): RequestHandler =>
  sendFile(product, (ctx, { params }) => downloadExport(ctx, String(params.id)));

/** GET /exports/receipts/:id: what proves a file, also when the file is gone. */
export const receiptFile = (product: Product): RequestHandler =>
  sendFile(product, (ctx, { params }) => downloadReceipt(ctx, String(params.id)));

function sendFile(product: Product, read: (ctx: Ctx, request: Request) => Promise<Download>): RequestHandler {
  return async (request, response, next) => {
    try {
      const found = await admit(product, request, response);
      if (!found) throw notSignedIn();
      await send(response, await refusalsRecorded(found.ctx, request, () => read(found.ctx, request)));
    } catch (error) {
      next(error);
    }
  };
}

async function send(response: Response, { filename, type, bytes }: Download): Promise<void> {
  response.status(200).set(fileHeaders(filename, type));
  await sendBytes(response, bytes);
}

const auditFormats = ["csv", "jsonl"] as const;
type Format = (typeof auditFormats)[number];

async function readAudit(ctx: Ctx, request: Request): Promise<Download> {
  const spec = auditEventsResource.list;
  if (!spec) throw notFound("This list");
  requireRead(ctx, spec.permission, "anyBrand");
  const params = new URL(request.originalUrl, "http://localhost").searchParams;
  const format = readFormat(params);
  const options = { query: parseListQuery(params, spec), format, asked: params.toString() };
  const end = await beginExport(ctx, options);
  const filename = `audit-${ctx.now().toISOString().slice(0, 10)}.${format}`;
  if (format === "csv") {
    const { mime, write } = formats.csv;
    return { filename, type: mime, bytes: write(columns, cellsOf(matchingEvents(ctx, options.query, end)), []) };
  }
  const bytes = lines(exportLines(ctx, options, end));
  return { filename, type: "application/x-ndjson; charset=utf-8", bytes };
}

/** Takes it from the parameters, so that filters are left. */
function readFormat(params: URLSearchParams): Format {
  const given = params.get("format") ?? "csv";
  params.delete("format");
  const format = auditFormats.find((known) => known === given);
  if (format) return format;
  const fields = { format: `must be one of: ${auditFormats.join(", ")}` };
  throw new AppError("malformed", `The parameter format ${fields.format}.`, { fields });
}

async function* lines(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield Buffer.from(`${text}\n`);
}

async function* cellsOf(events: AsyncIterable<Partial<Record<EventField, unknown>>>): AsyncGenerator<Cell[]> {
  for await (const event of events) yield fields.map((field) => wordsOf(event[field]));
}

function wordsOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

type EventField = keyof AuditEvent | "seq" | "hash";

const fields: EventField[] = [
  "at",
  "actorKind",
  "actorName",
  "action",
  "targetType",
  "targetId",
  "targetLabel",
  "brandId",
  "before",
  "after",
  "ip",
  "userAgent",
  "requestId",
  "id",
  "seq",
  "hash",
];
const columns: FileColumn[] = fields.map((key) => ({ key, label: key, type: "text" }));
