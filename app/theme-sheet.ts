import type { LoaderFunctionArgs } from "@remix-run/node";
import { viewerOrNobody } from "./root.server";
import { themeSheet } from "./theme-css.server";

/** GET /theme/<hash>.css: antd's styles of one theme, the same bytes for ever. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const hash = /^([0-9a-f]+)\.css$/.exec(params.sheet ?? "")?.[1];
  const css = hash ? (themeSheet(hash, null) ?? themeSheet(hash, await brandOf(context))) : null;
  if (css === null) throw new Response("No such theme.", { status: 404, headers: { "cache-control": "no-store" } });
  return new Response(request.method === "HEAD" ? null : css, {
    headers: { "content-type": "text/css; charset=utf-8", "cache-control": "public, max-age=31536000, immutable" },
  });
}

// Only a viewer's own theme is drawn on demand: drawing any theme asked for would be an easy way to keep us busy.
const brandOf = async (context: LoaderFunctionArgs["context"]) => (await viewerOrNobody(context))?.theme ?? null;
