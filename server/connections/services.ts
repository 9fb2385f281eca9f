// The clients this slice needs in every ctx.
import type { Amazon } from "../amazon";
import type { Vault } from "../core/crypto/vault";

declare module "../core/context" {
  interface Services {
    amazon: Amazon;
    vault: Vault;
    /** Where browsers reach this installation, without a trailing slash. */
    publicUrl: string;
  }
}
