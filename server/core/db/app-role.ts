// The login the product itself uses: no owner, no superuser, so that row-level security holds for it.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { AppError } from "../errors";

export interface AppLogin {
  name: string;
  password: string;
}

/** Derived from the owner's URL, so that every process with the same DATABASE_URL knows it and nobody keeps it. */
export function appLoginOf(ownerUrl: string): AppLogin {
  const url = new URL(ownerUrl);
  const owner = decodeURIComponent(url.password);
  if (!owner) {
    throw new AppError("precondition", "DATABASE_URL has no password, so the application's login cannot be derived.", {
      remedy:
        "Put the password into DATABASE_URL, or set DATABASE_APP_URL to a login that is a member of tidemark_app.",
    });
  }
  const database = databaseOf(ownerUrl);
  const password = createHmac("sha256", owner).update(`tidemark application login of ${database}`).digest("base64url");
  return { name: roleName(database), password };
}

/** The URL the product connects with. */
export function appUrlOf(ownerUrl: string): string {
  const { name, password } = appLoginOf(ownerUrl);
  const url = new URL(ownerUrl);
  url.username = encodeURIComponent(name);
  url.password = password;
  return url.toString();
}

export function databaseOf(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  return decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username);
}

/** Postgres cuts names at 63 bytes; a long database name keeps its role apart by a digest. */
function roleName(database: string): string {
  const name = `${database}_app`;
  if (Buffer.byteLength(name) <= 63) return name;
  return `tidemark_${createHash("sha256").update(database).digest("hex").slice(0, 32)}_app`;
}

/** What Postgres stores for a password (RFC 5803): sent instead of it, so that no statement log ever holds the password. */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16), iterations = 4096): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const keyed = (text: string) => createHmac("sha256", salted).update(text).digest();
  const stored = createHash("sha256").update(keyed("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${stored}:${keyed("Server Key").toString("base64")}`;
}
