// The session cookie: `<agency id>.<token>`. The agency leads, so that the session is looked up inside its own tenant.
import { TimeSpan } from "oslo";
import { CookieController } from "oslo/cookie";

export interface SessionCookies {
  name: string;
  /** Takes the cookie out of a Cookie header; null when there is none, or none of ours. */
  read(header: string | null | undefined): PresentedSession | null;
  /** A Set-Cookie header. */
  write(session: PresentedSession): string;
  /** The Set-Cookie header that removes it. */
  clear(): string;
}

export interface PresentedSession {
  agencyId: string;
  /** 32 random bytes, base64url. */
  token: string;
}

const shape = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

/** On https the `__Host-` prefix makes browsers refuse the cookie from any other host or path. */
export function sessionCookies(publicUrl: string): SessionCookies {
  const secure = publicUrl.startsWith("https://");
  const name = secure ? "__Host-tidemark_session" : "tidemark_session";
  const controller = new CookieController(
    name,
    { httpOnly: true, sameSite: "lax", secure, path: "/" },
    { expiresIn: new TimeSpan(30, "d") },
  );
  return {
    name,
    read: (header) => {
      const pair = header?.split(/;\s*/).find((part) => part.startsWith(`${name}=`));
      const match = pair ? shape.exec(pair.slice(name.length + 1)) : null;
      return match?.[1] && match[2] ? { agencyId: match[1], token: match[2] } : null;
    },
    write: ({ agencyId, token }) => controller.createCookie(`${agencyId}.${token}`).serialize(),
    clear: () => controller.createBlankCookie().serialize(),
  };
}
