import { useList } from "@refinedev/core";
import { useMemo } from "react";
import type { Account } from "#server/connections/contract";
import type { AccountSync } from "#server/insights/contract";
import type { Column } from "~/ui/data-table";
import { Time } from "~/ui/time";
import { Day } from "~/ui/values";

const rowsAtOnce = 100;

function LastData({ sync }: { sync: AccountSync | undefined }) {
  if (!sync) return null;
  const { dataThrough, syncedAt } = sync.freshness;
  if (!dataThrough) return <span className="tm-muted">{sync.note ?? "none yet"}</span>;
  return (
    <>
      <Day day={dataThrough} /> <span className="tm-muted">· asked</span> <Time at={syncedAt} />
    </>
  );
}

/** A column that says how far the numbers of the accounts shown reach. */
export function useLastData(accounts: readonly Account[]): Column<Account> {
  const ids = accounts.filter((account) => account.kind === "dsp_advertiser").map((account) => account.id);
  const { result } = useList<AccountSync>({
    resource: "sync-status",
    filters: [{ field: "id", operator: "in", value: ids }],
    pagination: { currentPage: 1, pageSize: rowsAtOnce },
    queryOptions: { enabled: ids.length > 0, placeholderData: (before) => before },
    liveMode: "auto",
    errorNotification: false,
  });
  const known = result.data;
  return useMemo(() => {
    const byId = new Map(known.map((sync) => [sync.id, sync]));
    return {
      key: "lastData",
      title: "Last data",
      hint: "The last report day there is, and when Amazon was last asked.",
      render: (account) => <LastData sync={byId.get(account.id)} />,
    };
  }, [known]);
}
