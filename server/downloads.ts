// Files beside the REST API: the audit log with proofs, and lists that a job has written.
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Request, RequestHandler, Response } from "express";
import { csvOf, csvType, type FileColumn, fileHeaders } from "./api/csv-file";
import { parseListQuery } from "./api/simple-rest";
import { beginExport, exportLines, matchingEvents } from "./audit";
import { auditEventsResource } from "./audit/api";
import type { AuditEvent } from "./audit/contract";
import type { Ctx } from "./core/context";
import { AppError, notFound } from "./core/errors";
import { requireRead } from "./core/query";
import { downloadExport } from "./exports";
import { admit, notSignedIn, refusalsRecorded } from "./load-context";
import type { Product } from "./product";

interface File {
  filename: string;
  type: string;
  text: AsyncIterable<string>;
}

/** GET /exports/audit-events?format=csv|jsonl and the filters of GET /api/v1/audit-events. */
export const auditFile = (product: Product): RequestHandler => sendFile(product, readAudit);

/** GET /exports/files/:id: what POST /api/v1/exports/ask was answered with, once it is written. */
export const writtenFile = (product: Product): RequestHandler =>
  sendFile(product, async (ctx, { params }) => ({ type: csvType, ...(await downloadExport(ctx, String(params.id))) }));

function sendFile(product: Product, read: (ctx: Ctx, request: Request) => Promise<File>): RequestHandler {
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

/** A failure in the middle breaks the transfer off. Somebody who closes the window wants no more of it: that is no failure. */
async function send(response: Response, { filename, type, text }: File): Promise<void> {
  response.status(200).set(fileHeaders(filename, type));
  try {
    await pipeline(Readable.from(text), response);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE")) throw error;
  }
}

const formats = ["csv", "jsonl"] as const;
type Format = (typeof formats)[number];

async function readAudit(ctx: Ctx, request: Request): Promise<File> {
  const spec = auditEventsResource.list;
  if (!spec) throw notFound("This list");
  requireRead(ctx, spec.permission, "anyBrand");
  const params = new URL(request.originalUrl, "http://localhost").searchParams;
  const format = readFormat(params);
  const options = { query: parseListQuery(params, spec), format, asked: params.toString() };
  const end = await beginExport(ctx, options);
  const filename = `audit-${ctx.now().toISOString().slice(0, 10)}.${format}`;
  if (format === "csv") {
    return { filename, type: csvType, text: csvOf(columns, matchingEvents(ctx, options.query, end)) };
  }
  const text = lines(exportLines(ctx, options, end));
  return { filename, type: "application/x-ndjson; charset=utf-8", text };
}

/** Takes it from the parameters, so that filters are left. */
function readFormat(params: URLSearchParams): Format {
  const given = params.get("format") ?? "csv";
  params.delete("format");
  const format = formats.find((known) => known === given);
  if (format) return format;
  const fields = { format: `must be one of: ${formats.join(", ")}` };
  throw new AppError("malformed", `The parameter format ${fields.format}.`, { fields });
}

async function* lines(texts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of texts) yield `${text}\n`;
}

const wordsOf = (value: unknown): unknown => (typeof value === "object" && value ? JSON.stringify(value) : value);

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
const columns: FileColumn<Partial<Record<EventField, unknown>>>[] = fields.map((label) => ({
  label,
  kind: "text",
  read: (event) => wordsOf(event[label]),
}));
