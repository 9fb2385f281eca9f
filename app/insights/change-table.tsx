// Every campaign and ad group of a set: before and after, what to look at, and what Amazon said.
import { CloseOutlined } from "@ant-design/icons";
import { Button, Table } from "antd";
import {
  type ChangeField,
  type ChangeFinding,
  type ChangeItem,
  type ChangeSet,
  mayTryAgain,
} from "#server/insights/change-contract";
import { can } from "~/providers/access-control";
import { useAct } from "~/providers/act";
import { Link } from "~/providers/router";
import { useViewer } from "~/shell/viewer";
import { StatusTag } from "~/ui/status-tag";
import { ChangeLines } from "./change-words";
import { ItemOutcome } from "./item-outcome";

function Findings({ findings }: { findings: ChangeFinding[] }) {
  if (findings.length === 0) return <span className="tm-muted">nothing</span>;
  return (
    <ul className="tm-findings">
      {findings.map(({ kind, message, remedy }) => (
        <li key={message}>
          <StatusTag signal={kind === "problem" ? "problem" : "attention"}>
            {kind === "problem" ? `Will not be sent. ${message}` : message}
          </StatusTag>
          {remedy ? <p className="tm-muted">{remedy}</p> : null}
        </li>
      ))}
    </ul>
  );
}

interface ActsProps {
  item: ChangeItem;
  busy: boolean;
  onAct(action: "remove" | "resume", item: ChangeItem): void;
}

/** Amazon holds something else than it did when the change was made. */
const hasMoved = ({ before, current }: ChangeItem): boolean =>
  (Object.keys(before) as ChangeField[]).some(
    (field) => current[field] !== undefined && current[field] !== before[field],
  );

const isOpen = (item: ChangeItem): boolean => item.state === "skipped" || mayTryAgain(item);

/** What a person decides of one item. */
function ItemActs({ item, busy, onAct }: ActsProps) {
  if (item.setState === "draft") {
    return (
      <>
        {hasMoved(item) ? (
          <Button size="small" disabled={busy} onClick={() => onAct("resume", item)}>
            Apply it all the same
          </Button>
        ) : null}
        <Button
          type="text"
          size="small"
          disabled={busy}
          icon={<CloseOutlined aria-hidden />}
          aria-label={`Take out ${item.name}`}
          data-tip="Take out of the draft"
          onClick={() => onAct("remove", item)}
        />
      </>
    );
  }
  if (!isOpen(item)) return null;
  return (
    <Button size="small" disabled={busy} onClick={() => onAct("resume", item)}>
      {item.state === "skipped" ? "Apply it all the same" : item.state === "unsure" ? "Check again" : "Try again"}
    </Button>
  );
}

const what = (item: ChangeItem) => (
  <div className="tm-change-what">
    <Link to={`/campaigns/${item.campaignId}`}>{item.name}</Link>
    <span className="tm-muted">
      {item.entity === "campaign" ? "Campaign" : `Ad group of ${item.campaignName}`} · {item.accountName}
      {item.brandName ? ` · ${item.brandName}` : ""}
    </span>
  </div>
);

export function ChangeTable({ set, onChanged }: { set: ChangeSet; onChanged: () => void }) {
  const { act, busy } = useAct("change-sets");
  const mayWrite = can(useViewer(), "campaigns.write");
  const isDraft = set.state === "draft";
  const items = set.items ?? [];
  const onAct: ActsProps["onAct"] = (action, item) =>
    void act({ id: set.id, action, input: { items: [item.id] } }).then(onChanged, () => undefined);
  const columns = [
    {
      key: "what",
      title: "Campaign or ad group",
      rowScope: "row" as const,
      width: 300,
      render: (_: unknown, item: ChangeItem) => what(item),
    },
    { key: "change", title: "Change", render: (_: unknown, item: ChangeItem) => <ChangeLines item={item} /> },
    isDraft
      ? {
          key: "look",
          title: "To look at",
          render: (_: unknown, item: ChangeItem) => <Findings findings={item.findings} />,
        }
      : { key: "state", title: "Outcome", render: (_: unknown, item: ChangeItem) => <ItemOutcome item={item} /> },
    ...(mayWrite && (isDraft || items.some(isOpen))
      ? [
          {
            key: "acts",
            title: <span className="tm-unseen">Acts</span>,
            width: isDraft && !items.some(hasMoved) ? 56 : 200,
            render: (_: unknown, item: ChangeItem) => <ItemActs item={item} busy={busy} onAct={onAct} />,
          },
        ]
      : []),
  ];
  return (
    <div className="tm-table tm-change-table" data-height="auto">
      <Table<ChangeItem>
        aria-label="Changes"
        size="small"
        rowKey="id"
        dataSource={items}
        columns={columns}
        pagination={items.length > 100 ? { pageSize: 100, size: "small" } : false}
        scroll={{ x: "max-content" }}
      />
    </div>
  );
}
