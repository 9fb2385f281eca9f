import { useInvalidate } from "@refinedev/core";
import { useMemo, useState } from "react";
import type { AmcInstance } from "#server/amc/contract";
import { type ApiError, actionUrl, createHttp } from "~/providers/data";
import type { AccountChoice } from "./use-account-choices";

/** What became of one wish. */
export interface Made {
  name: string;
  id: string | null;
  error: ApiError | null;
}

/** Asks for instances one after another; one that is refused keeps no other back. */
export function useMaking() {
  const http = useMemo(createHttp, []);
  const invalidate = useInvalidate();
  const [made, setMade] = useState<Made[]>([]);
  const [busy, setBusy] = useState(false);
  const make = async (
    { connectionId, region, accountId, marketplaceId }: AccountChoice & { connectionId: string },
    wishes: readonly { name: string; brandId: string | null }[],
  ) => {
    setBusy(true);
    setMade([]);
    for (const wish of wishes) {
      const input = { ...wish, connectionId, region, accountId, marketplaceId };
      const outcome = await http.post<AmcInstance>(actionUrl("amc-instances"), input).then(
        ({ data }) => ({ name: wish.name, id: data.id, error: null }),
        (error: ApiError) => ({ name: wish.name, id: null, error }),
      );
      setMade((before) => [...before, outcome]);
    }
    await invalidate({ resource: "amc-instances", invalidates: ["resourceAll"] });
    setBusy(false);
  };
  return { make, made, busy };
}
