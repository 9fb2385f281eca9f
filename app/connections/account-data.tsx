// How current an account's numbers are, what came of its last sync, and the way to its campaigns.
import type { AccountSync } from "#server/insights/contract";
import type { SyncRun } from "#server/insights/sync-contract";
import { kindWords, RunTag, SyncTag } from "~/insights/status-words";
import { Link } from "~/providers/router";
import { stringifyQuery } from "~/ui/list-params";
import { Facts } from "~/ui/page";
import { Time } from "~/ui/time";
import { Count, Day } from "~/ui/values";

const campaignsOf = (accountId: string) =>
  `/campaigns?${stringifyQuery({ filters: [{ field: "accountId", operator: "eq", value: accountId }] })}`;

function DataAsOf({ sync }: { sync: AccountSync }) {
  const { dataThrough, syncedAt } = sync.freshness;
  if (!dataThrough) return <>none yet</>;
  return (
    <>
      to <Day day={dataThrough} /> <span className="tm-muted">· Amazon asked</span> <Time at={syncedAt} past />
    </>
  );
}

function Outcome({ run }: { run: SyncRun }) {
  const what = run.subject === "entities" ? "Campaigns, ad groups and ads" : kindWords[run.kind];
  return (
    <>
      <RunTag run={run} /> · {what}, <Time at={run.finishedAt} past />
      {run.subject === "entities" || run.state === "failed" ? null : (
        <span className="tm-muted">
          {" · "}
          <Count value={run.rowsRead} /> rows read, <Count value={run.rowsChanged} /> changed
        </span>
      )}
      {run.state === "failed" && run.note ? <span className="tm-muted"> · {run.note}</span> : null}
    </>
  );
}

export function AccountData({ sync, lastRun }: { sync: AccountSync; lastRun: SyncRun | null }) {
  return (
    <>
      <Facts
        items={[
          {
            label: "Sync",
            value: (
              <>
                <SyncTag sync={{ state: sync.state, note: null }} />
                {sync.note ? <span className="tm-muted"> · {sync.note}</span> : null}
              </>
            ),
          },
          { label: "Data as of", value: <DataAsOf sync={sync} /> },
          {
            label: "Days here",
            value: sync.days.planned > 0 ? `${sync.days.known} of ${sync.days.planned}` : "none asked for yet",
          },
          { label: "Last outcome", value: lastRun ? <Outcome run={lastRun} /> : "no sync has ended yet" },
        ]}
      />
      <p>
        <Link to={campaignsOf(sync.id)}>Its campaigns</Link>
      </p>
    </>
  );
}
