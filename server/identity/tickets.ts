// Secrets that a person holds for a while: a link to set a password, a sign-in that awaits its second factor. The form is
// `<person id>.<256 random bits>`; the database holds the digest.
import { createHash, randomBytes } from "node:crypto";
import { TimeSpan } from "oslo";
import { CookieController } from "oslo/cookie";
import type { Scope } from "../core/db/connect";
import { insertTicket, type TicketKind } from "./factor-store";

export interface Ticket {
  personId: string;
  digest: string;
}

const shape = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

export const lifetimes: Record<TicketKind, TimeSpan> = {
  reset: new TimeSpan(30, "m"),
  "second-factor": new TimeSpan(5, "m"),
};

const digestOf = (token: string): string => createHash("sha256").update(token).digest("hex");

export function parseTicket(text: string): Ticket | null {
  const match = shape.exec(text);
  return match?.[1] && match[2] ? { personId: match[1], digest: digestOf(match[2]) } : null;
}

/** @returns what the person holds */
export async function giveTicket(
  scope: Scope,
  { personId, kind, at }: { personId: string; kind: TicketKind; at: Date },
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(at.getTime() + lifetimes[kind].milliseconds());
  await insertTicket(scope, { personId, digest: digestOf(token), kind, createdAt: at, expiresAt });
  return `${personId}.${token}`;
}

/** The cookie of a sign-in between its two steps. */
export interface TicketCookie {
  read(header: string | null | undefined): Ticket | null;
  write(ticket: string): string;
  clear(): string;
}

export function ticketCookie(publicUrl: string): TicketCookie {
  const secure = publicUrl.startsWith("https://");
  const name = secure ? "__Host-tidemark_ticket" : "tidemark_ticket";
  const controller = new CookieController(
    name,
    { httpOnly: true, sameSite: "lax", secure, path: "/" },
    { expiresIn: lifetimes["second-factor"] },
  );
  return {
    read: (header) => {
      const pair = header?.split(/;\s*/).find((part) => part.startsWith(`${name}=`));
      return pair ? parseTicket(pair.slice(name.length + 1)) : null;
    },
    write: (ticket) => controller.createCookie(ticket).serialize(),
    clear: () => controller.createBlankCookie().serialize(),
  };
}
