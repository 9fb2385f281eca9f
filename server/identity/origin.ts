// Cross-site request forgery: a request that changes something must come from a page of our own origin.

export interface OriginHeaders {
  origin?: string;
  "sec-fetch-site"?: string | string[];
}

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** For every request but GET and HEAD. A missing or foreign Origin is refused. */
export function verifyOrigin(headers: OriginHeaders, publicUrl: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const origin = parse(headers.origin);
  const own = parse(publicUrl);
  if (!origin || !own) return false;
  if (origin.origin === own.origin) return true;
  const bothLocal = loopback.has(origin.hostname) && loopback.has(own.hostname);
  return bothLocal && origin.protocol === own.protocol && origin.port === own.port;
}

function parse(text: string | undefined): URL | null {
  try {
    return text ? new URL(text) : null;
  } catch {
    return null;
  }
}
