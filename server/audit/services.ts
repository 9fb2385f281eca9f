// The clients this slice needs in every ctx.
import type { Vault } from "../core/crypto/vault";

declare module "../core/context" {
  interface Services {
    vault: Vault;
    /** Signed checkpoints are also written here, outside the database. */
    checkpointFolder: string;
  }
}
