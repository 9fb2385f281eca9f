import { useNotification } from "@refinedev/core";
import { type ReactNode, useMemo, useState } from "react";
import { type ApiError, actionUrl, createHttp } from "~/providers/data";
import { ProofDialog, type ProofWays } from "./proof-dialog";

export interface Proven {
  /**
   * Runs an action on one's own sign-in; where the server asks for it, after the person has shown again who they are.
   * Null where they did not, or where it failed: that has been said.
   */
  run<T>(work: () => Promise<T>): Promise<T | null>;
  /** `run` for an action of the profile. */
  act<T>(action: string, input?: object): Promise<T | null>;
  dialog: ReactNode;
}

/** One dialog for all that asks for a recent proof. */
export function useProof(ways: ProofWays): Proven {
  const http = useMemo(createHttp, []);
  const { open } = useNotification();
  const [asking, setAsking] = useState<((shown: boolean) => void) | null>(null);
  const say = (error: ApiError) =>
    open?.({ type: "error", message: error.message, ...(error.remedy ? { description: error.remedy } : {}) });
  const run = async <T,>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (thrown) {
      const error = thrown as ApiError;
      if (error.code !== "unproven") {
        say(error);
        return null;
      }
    }
    const shown = await new Promise<boolean>((done) => setAsking(() => done));
    setAsking(null);
    return shown ? run(work) : null;
  };
  return {
    run,
    act: <T,>(action: string, input: object = {}) =>
      run(async () => (await http.post<T>(actionUrl("profile", "me", action), input)).data),
    dialog: <ProofDialog open={asking !== null} ways={ways} onEnd={(shown) => asking?.(shown)} />,
  };
}
