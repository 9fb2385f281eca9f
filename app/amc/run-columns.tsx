import type { AmcExecution } from "#server/amc/execution-contract";
import { Link } from "~/providers/router";
import type { Column } from "~/ui/columns";
import { afterDot } from "~/ui/format";
import { Time } from "~/ui/time";
import { Count } from "~/ui/values";
import { ownTitle } from "./asked-before";
import { wordsOfSql } from "./run-name";
import { DaysOf, ExecutionTag, HiddenShare, originWords } from "./words";

/** @param batch whose runs they are: one that was there before answers in it too, and says so */
export const runColumns = (batch: string | null): Column<AmcExecution>[] => [
  {
    key: "title",
    title: "Question",
    sort: true,
    width: 260,
    render: ({ id, title, templateId, sql, batchId }) => (
      <>
        <Link to={`/amc/runs/${id}`}>{title}</Link>
        {batch && batchId !== batch ? <span className="tm-muted">{afterDot}reused</span> : null}
        {templateId || title !== ownTitle ? null : <span className="tm-muted tm-under">{wordsOfSql(sql)}</span>}
      </>
    ),
  },
  {
    key: "state",
    title: "State",
    sort: true,
    narrow: true,
    render: ({ state, note }) => (
      <span aria-live="polite">
        <ExecutionTag state={state} note={note} />
      </span>
    ),
  },
  { key: "instance", title: "Instance", field: "instanceName", render: ({ instanceName }) => instanceName },
  {
    key: "brand",
    title: "Brand",
    field: "brandName",
    render: ({ brandName }) => brandName ?? <span className="tm-muted">none</span>,
  },
  { key: "window", title: "Days", narrow: true, render: ({ window }) => <DaysOf window={window} /> },
  { key: "rows", title: "Rows", numeric: true, render: ({ rows }) => <Count value={rows} /> },
  {
    key: "suppressed",
    title: "Users hidden",
    numeric: true,
    hint: "Share of the users whose rows AMC's thresholds took away.",
    render: ({ suppressed }) => <HiddenShare share={suppressed} />,
  },
  { key: "origin", title: "Started by", sort: true, render: ({ origin }) => originWords[origin] },
  { key: "createdBy", title: "Person", sort: true, render: ({ createdBy }) => createdBy },
  { key: "createdAt", title: "Asked", sort: true, render: ({ createdAt }) => <Time at={createdAt} past /> },
  {
    key: "finishedAt",
    title: "Over",
    sort: true,
    render: ({ finishedAt }) => <Time at={finishedAt} none="not yet" past />,
  },
  {
    key: "attempts",
    title: "Attempts",
    numeric: true,
    optional: true,
    render: ({ attempts }) => <Count value={attempts} />,
  },
];
