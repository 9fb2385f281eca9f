/** `to` if it is a path of this site, else "/". Backslashes and `//host` lead elsewhere in browsers, so origins are compared. */
export function safeInternalPath(to: string | null, requestUrl: string): string {
  if (!to?.startsWith("/")) return "/";
  try {
    const here = new URL(requestUrl);
    const target = new URL(to, here);
    return target.origin === here.origin ? `${target.pathname}${target.search}${target.hash}` : "/";
  } catch {
    return "/";
  }
}
