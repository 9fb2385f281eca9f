import type { Region } from "#server/connections/contract";
import { useAnswer } from "./use-answer";

export interface AccountChoice {
  accountId: string;
  accountName: string;
  marketplaceId: string;
  region: Region;
}

/** The AMC accounts in which a connection may make instances, as Amazon says now. */
export function useAccountChoices(connectionId: string | null) {
  const { answer, error, asking } = useAnswer<{ accounts: AccountChoice[] }>(
    { resource: "amc-instances", action: "accounts" },
    connectionId ? { connectionId } : null,
  );
  return { accounts: answer?.accounts ?? [], error, asking };
}
