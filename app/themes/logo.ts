import type { LoaderFunctionArgs } from "@remix-run/node";

/** GET /logos/<sha>.png: a logo as we drew it. Its address is its content, so it never changes. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const id = /^([0-9a-f]{64})\.png$/.exec(params.file ?? "")?.[1];
  const bytes = id ? await context.look.logo(id) : null;
  if (!bytes) throw new Response("No such logo.", { status: 404, headers: { "cache-control": "no-store" } });
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": "image/png",
      "content-length": String(bytes.length),
      "cache-control": "private, max-age=31536000, immutable",
    },
  });
}
