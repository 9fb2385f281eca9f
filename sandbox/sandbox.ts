import type { Amc } from "./amc/amc";
import type { CallLog } from "./calls";
import type { SandboxClock } from "./clock";
import type { Edits } from "./dsp/edits";
import type { Faults } from "./faults";
import type { Limiter, Settings } from "./limits";
import type { Client } from "./lwa/clients";
import type { Grants } from "./lwa/grants";
import type { ReportDesk } from "./reporting/desk";
import type { World } from "./world/types";

/** All parts of one running sandbox, shared by its three regional servers. */
export interface Sandbox {
  clock: SandboxClock;
  world: World;
  clients: Client[];
  grants: Grants;
  edits: Edits;
  desk: ReportDesk;
  amc: Amc;
  faults: Faults;
  calls: CallLog;
  settings: Settings;
  limiter: Limiter;
}
