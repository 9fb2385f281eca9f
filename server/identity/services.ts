import type { Attempts } from "./attempts";

declare module "../core/context" {
  interface Services {
    /** Counts tries of a password, also those of signed-in people. */
    attempts: Attempts;
  }
}
