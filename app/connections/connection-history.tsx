import { Table, type TableColumnsType } from "antd";
import type { ConnectionEvent } from "#server/connections/consent-contract";
import { useUrlParam, useUrlParams } from "~/providers/router";
import { Section } from "~/ui/page";
import { Pager } from "~/ui/pager";
import { Time } from "~/ui/time";
import { eventWords } from "./history-words";

const columns: TableColumnsType<ConnectionEvent> = [
  { key: "what", title: "What", rowScope: "row", render: (_, event) => <What event={event} /> },
  {
    key: "who",
    title: "Who",
    width: 200,
    className: "tm-wide-only",
    render: (_, { actorName }) => actorName ?? <span className="tm-muted">Tidemark</span>,
  },
  { key: "at", title: "When", width: 160, render: (_, { at }) => <Time at={at} past /> },
];

function What({ event }: { event: ConnectionEvent }) {
  const { what, more } = eventWords(event);
  return (
    <div className="tm-event">
      {what}
      {more ? <span className="tm-muted"> · {more}</span> : null}
    </div>
  );
}

interface ConnectionHistoryProps {
  events: ConnectionEvent[];
  total: number;
  page: number;
  pageSize: number;
}

/** What became of a connection, newest first; its page is in the URL as `history`. */
export function ConnectionHistory({ events, total, page, pageSize }: ConnectionHistoryProps) {
  const [params] = useUrlParams();
  const [, setHistory] = useUrlParam("history");
  const hrefOf = (to: number) => {
    const next = new URLSearchParams(params);
    next.set("history", String(to));
    return `?${next}`;
  };
  return (
    <Section title="History">
      {events.length === 0 ? (
        <p className="tm-muted">Nothing was recorded yet.</p>
      ) : (
        <div className="tm-table" data-height="auto">
          <Table<ConnectionEvent> size="small" rowKey="id" dataSource={events} columns={columns} pagination={false} />
        </div>
      )}
      {total > pageSize ? (
        <Pager
          page={page}
          pageSize={pageSize}
          total={total}
          what="events"
          hrefOf={hrefOf}
          onPage={(to) => setHistory(to === 1 ? null : String(to))}
        />
      ) : null}
    </Section>
  );
}
