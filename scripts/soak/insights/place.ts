import type { RunningSandbox } from "../../../sandbox";
import type { Database } from "../../../server/core/db/connect";

/** A migrated database, and an Amazon whose clock is moved by hand. */
export interface InsightsPlace {
  db: Database;
  appUrl: string;
  ownerUrl: string;
  sandbox: RunningSandbox;
}
