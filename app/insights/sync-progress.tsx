// Accounts with how much of their data is here, as bars and in words.
import { Button } from "antd";
import type { ReactNode } from "react";
import type { AccountSync } from "#server/insights/contract";
import { useAct } from "~/providers/act";
import { Link } from "~/providers/router";
import { type ProgressItem, ProgressList } from "~/ui/progress-list";
import { Time } from "~/ui/time";
import { Day } from "~/ui/values";
import { syncWords } from "./status-words";

const shareOf = ({ days }: AccountSync): number | null => (days.planned > 0 ? days.known / days.planned : null);

function Words({ sync }: { sync: AccountSync }) {
  const { days, note, freshness, rejectedRows, nextAt } = sync;
  const { dataThrough, zones, syncedAt } = freshness;
  return (
    <>
      {days.planned > 0 ? `${days.known} of ${days.planned} days` : "Nothing asked for yet"}
      {dataThrough ? (
        <>
          {" "}
          · to <Day day={dataThrough} />, {zones.join()} · as of <Time at={syncedAt} />
        </>
      ) : null}
      {note ? <> · {note}</> : null}
      {sync.state === "delayed" && nextAt ? (
        <>
          {" "}
          Next try <Time at={nextAt} />.
        </>
      ) : null}
      {rejectedRows > 0 ? <> · {rejectedRows} rows could not be read</> : null}
    </>
  );
}

export interface SyncProgressProps {
  syncs: AccountSync[];
  label: string;
  /** May the person start a sync and see the account? */
  actions?: { sync: boolean; open: boolean };
}

export function SyncProgress({ syncs, label, actions }: SyncProgressProps) {
  const { act, busy } = useAct("sync-status");
  const start = (id: string) => act({ id, action: "sync", done: "Sync started" }).catch(() => {});
  const nameOf = ({ id, name }: AccountSync): ReactNode =>
    actions?.open ? <Link to={`/accounts/${id}`}>{name}</Link> : name;
  const items = syncs.map((sync): ProgressItem => {
    const { signal, word } = syncWords[sync.state];
    return {
      key: sync.id,
      name: `Data of ${sync.name}`,
      label: nameOf(sync),
      share: shareOf(sync),
      signal,
      state: word,
      words: <Words sync={sync} />,
      action: actions?.sync ? (
        <Button size="small" disabled={busy || sync.open > 0} onClick={() => start(sync.id)}>
          Sync now<span className="tm-unseen"> {sync.name}</span>
        </Button>
      ) : null,
    };
  });
  return <ProgressList label={label} items={items} />;
}
