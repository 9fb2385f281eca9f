import { createHash } from "node:crypto";

/** How an address is kept in the directory: nobody can read addresses out of it, and any agency's sign-in finds its own. */
export const emailDigest = (email: string): string =>
  createHash("sha256").update(`tidemark sign-in address:${email.trim().toLowerCase()}`).digest("hex");
