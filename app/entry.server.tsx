import { PassThrough, Transform } from "node:stream";
import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { modeOf } from "./mode";
import { NonceContext } from "./nonce";
import type { RootData } from "./root.server";
import { STYLE_MARKER } from "./style-marker";
import { styledPage, warmSheets } from "./theme-css.server";

export const streamTimeout = 10_000;
// In development each rebuild would pay for it.
if (process.env.NODE_ENV === "production") setImmediate(() => warmSheets());

/** Past this the page is sent as far as it came. */
const RENDER_LIMIT_MS = streamTimeout + 1_000;

/**
 * Replaces the marker in the head; the head is held back until it is whole. What is written in one go leaves in one piece:
 * React writes 2 KB at a time, and each piece goes through three streams, the compressor and the socket.
 */
const withStyles = (inlineCss: () => string): Transform => {
  let head: string | null = "";
  let waiting: Buffer[] = [];
  const send = (page: Transform) => {
    const piece = Buffer.concat(waiting);
    waiting = [];
    if (head === null) return void page.push(piece);
    head += piece.toString("utf8");
    if (!head.includes("</head>")) return;
    page.push(head.replace(STYLE_MARKER, inlineCss));
    head = null;
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (waiting.length === 0) setImmediate(() => waiting.length > 0 && !this.destroyed && send(this));
      waiting.push(chunk);
      done();
    },
    flush(done) {
      if (waiting.length > 0) send(this);
      done(null, head || undefined);
    },
  });
};

const setHeaders = (headers: Headers): void => {
  headers.set("content-type", "text/html; charset=utf-8");
  headers.set("accept-ch", "Sec-CH-Prefers-Color-Scheme");
  headers.set("critical-ch", "Sec-CH-Prefers-Color-Scheme");
  headers.append("vary", "Sec-CH-Prefers-Color-Scheme, Cookie, Accept-Language");
};

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  { cspNonce }: AppLoadContext,
) {
  const root = remix.staticHandlerContext.loaderData.root as RootData | undefined;
  const { element, inlineCss } = styledPage(
    root?.theme ?? null,
    root?.mode ?? modeOf(request),
    <NonceContext.Provider value={cspNonce}>
      <RemixServer context={remix} url={request.url} nonce={cspNonce} />
    </NonceContext.Provider>,
  );
  const whenReady = isbot(request.headers.get("user-agent") ?? "") ? "onAllReady" : "onShellReady";

  return new Promise<Response>((resolve, reject) => {
    let started = false;
    let failed = false;
    const { pipe, abort } = renderToPipeableStream(element, {
      nonce: cspNonce,
      [whenReady]() {
        started = true;
        const body = new PassThrough().once("close", () => clearTimeout(limit));
        setHeaders(headers);
        resolve(new Response(createReadableStreamFromReadable(body), { status: failed ? 500 : status, headers }));
        pipe(withStyles(inlineCss)).pipe(body);
      },
      onShellError: reject,
      onError(error: unknown) {
        failed = true;
        if (started) console.error(error);
      },
    });
    const limit = setTimeout(abort, RENDER_LIMIT_MS).unref();
  });
}
