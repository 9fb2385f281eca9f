import type { ResolveTxt } from "./verify-domain";

declare module "../core/context" {
  interface Services {
    /** Where browsers reach this installation, without a trailing slash. */
    publicUrl: string;
    /** The DNS, for proofs of who controls a host. */
    resolveTxt: ResolveTxt;
  }
}
