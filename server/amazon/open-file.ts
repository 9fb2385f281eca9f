// A file behind a signed address of Amazon's: a report, a result of AMC. The address is the whole permission: no header is sent.
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { type AmazonError, Rejected, UnexpectedShape, UrlExpired } from "./errors";
import type { Failure } from "./failures";
import type { Region } from "./regions";
import type { Wire } from "./wire";

export interface OpenFile {
  region: Region;
  /** For example `reporting.download`. */
  operation: string;
  url: string;
  signal?: AbortSignal | undefined;
}

// S3 says AccessDenied or "Request has expired" in XML (contracts 8); a gateway's 403 is something else.
function explainDownload({ facts, text }: Failure): AmazonError | undefined {
  return facts.status === 403 && /AccessDenied|expired/i.test(text) ? new UrlExpired(facts) : undefined;
}

// Not all of amazonaws.com: everybody's machines there have names under it.
const amazonHost = /(^|\.)s3([.-][a-z0-9-]+)*\.amazonaws\.com$|\.amazon\.com$/;

/** Real Amazon hands out addresses on S3 and its own hosts only; a local sandbox on plain http hands out its own. */
function checkHost(operation: string, apiUrl: string, url: string): void {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: "", hostname: "none" };
  const api = new URL(apiUrl);
  if (api.protocol === "http:" && (protocol === "http:" || protocol === "https:")) return;
  if (protocol !== "https:" || !(amazonHost.test(hostname) || hostname === api.hostname)) {
    throw new Rejected({ operation }, { details: `the file's address is on another host (${hostname})` });
  }
}

/** The bytes as they come, unzipped: the first two tell, whatever the headers say. Throws UrlExpired when the address is too old. */
export async function* openFile(wire: Wire, { region, operation, url, signal }: OpenFile): AsyncGenerator<Uint8Array> {
  const checkRedirect = (address: string) => checkHost(operation, wire.hosts[region].apiUrl, address);
  checkRedirect(url);
  const explain = explainDownload;
  const chunks = await wire.http.open({ region, operation, method: "GET", url, signal, explain, checkRedirect });
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < 2) {
    const next = await iterator.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = prepend(head, iterator);
  if (head[0] === 0x1f && head[1] === 0x8b) yield* gunzip(operation, whole);
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

async function* gunzip(operation: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
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
