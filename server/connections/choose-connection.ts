// Which of the connections that reach an account is the best to read it through.
import { type Capabilities, type ConnectionState, usableStates } from "./contract";

export interface Candidate {
  connectionId: string;
  state: ConnectionState;
  stateSince: Date;
  /** What it may do with the account. */
  capabilities: Pick<Capabilities, "campaigns" | "reports">;
}

export const isUsable = (state: ConnectionState): boolean => usableStates.includes(state);

/** Whether numbers of the account can come through it now. */
export const canRead = ({ state, capabilities }: Candidate): boolean => isUsable(state) && capabilities.campaigns.ok;

/** Those that can be used, the best first: what reads campaigns and reports before what does not, then the healthiest. */
export function rank<C extends Candidate>(candidates: readonly C[]): C[] {
  return candidates.filter(({ state }) => isUsable(state)).toSorted(better);
}

function better(a: Candidate, b: Candidate): number {
  return (
    Number(b.capabilities.campaigns.ok) - Number(a.capabilities.campaigns.ok) ||
    Number(b.capabilities.reports.ok) - Number(a.capabilities.reports.ok) ||
    usableStates.indexOf(a.state) - usableStates.indexOf(b.state) ||
    a.stateSince.getTime() - b.stateSince.getTime() ||
    (a.connectionId < b.connectionId ? -1 : 1)
  );
}
