import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type AmazonError, Rejected, UnexpectedShape, UrlExpired } from "../errors";
import type { Failure } from "../failures";
import type { Wire } from "../wire";
import { type RowBatch, splitRows } from "./split-rows";
import type { DownloadReport } from "./transport";

const operation = "reporting.download";

// S3 says AccessDenied or "Request has expired" in XML (contracts 8); a gateway's 403 is something else.
function explainDownload({ facts, text }: Failure): AmazonError | undefined {
  return facts.status === 403 && /AccessDenied|expired/i.test(text) ? new UrlExpired(facts) : undefined;
}

/** Real Amazon hands out addresses on its own hosts only; a local sandbox on plain http hands out its own. */
function checkHost(wire: Wire, { region, url }: DownloadReport): void {
  const { protocol, hostname } = new URL(url);
  const api = new URL(wire.hosts[region].apiUrl);
  if (api.protocol === "http:" && (protocol === "http:" || protocol === "https:")) return;
  const isAmazon = /\.(amazonaws|amazon)\.com$/.test(hostname) || hostname === api.hostname;
  if (protocol !== "https:" || !isAmazon) {
    throw new Rejected({ operation }, { details: `the report's address is on another host (${hostname})` });
  }
}

/** Rows of a report file, gzip or plain: the first two bytes tell, whatever the headers say. */
export async function* downloadRows(wire: Wire, input: DownloadReport): AsyncGenerator<RowBatch> {
  checkHost(wire, input);
  const { region, url, signal } = input;
  const chunks = await wire.http.open({ region, operation, method: "GET", url, signal, explain: explainDownload });
  yield* splitRows(plain(chunks));
}

async function* plain(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < 2) {
    const next = await iterator.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = prepend(head, iterator);
  if (head[0] === 0x1f && head[1] === 0x8b) yield* gunzip(whole);
  else yield* whole;
}

async function* prepend(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const inflate = createGunzip({ chunkSize: 128 * 1024 });
  const source = Readable.from(chunks, { highWaterMark: 4 });
  pipeline(source, inflate, () => {});
  try {
    for await (const chunk of inflate) yield chunk as Uint8Array;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code.startsWith("Z_")) throw new UnexpectedShape({ operation }, "the file", `broken gzip (${code})`);
    throw error;
  } finally {
    source.destroy();
  }
}
