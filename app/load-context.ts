import type { Ctx } from "#server/core/context";
import type { Viewer } from "#server/identity/contract";

declare module "@remix-run/node" {
  /** What the server hands every loader and action; server/main.ts builds it once a request. */
  interface AppLoadContext {
    cspNonce: string;
    requestId: string;
    /** The signed-in person, or null. Looked up at most once a request. */
    viewer(): Promise<Viewer | null>;
    /** Runs page code as the signed-in person; throws `unauthenticated` when there is none. */
    page<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>;
  }
}
