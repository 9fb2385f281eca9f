import type { LoaderFunctionArgs } from "@remix-run/node";
import { themeSheet } from "./theme-css.server";

/** GET /theme/<hash>.css?of=<version>: antd's styles of one theme, the same bytes for ever. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const hash = /^([0-9a-f]+)\.css$/.exec(params.sheet ?? "")?.[1];
  const css = hash ? (themeSheet(hash, null) ?? themeSheet(hash, await versionOf(request, context))) : null;
  if (css === null) throw new Response("No such theme.", { status: 404, headers: { "cache-control": "no-store" } });
  return new Response(request.method === "HEAD" ? null : css, {
    headers: { "content-type": "text/css; charset=utf-8", "cache-control": "public, max-age=31536000, immutable" },
  });
}

// Only themes of one's own agency, or of the host asked, are drawn on demand: drawing any theme would be an easy way to keep us busy.
async function versionOf(request: Request, { look }: LoaderFunctionArgs["context"]) {
  const [id] = (new URL(request.url).searchParams.get("of") ?? "").split(".");
  return id ? look.version(id).catch(() => null) : null;
}
