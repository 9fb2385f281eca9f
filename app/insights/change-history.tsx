// What was changed of one campaign and of its ad groups, the newest first.
import { Table } from "antd";
import type { ChangeItem } from "#server/insights/change-contract";
import { Link } from "~/providers/router";
import { Time } from "~/ui/time";
import { ChangeLines } from "./change-words";
import { ItemOutcome } from "./item-outcome";

const columns = [
  {
    key: "what",
    title: "What",
    rowScope: "row" as const,
    render: (_: unknown, item: ChangeItem) => (
      <Link to={`/changes/${item.setId}`}>{item.entity === "campaign" ? "The campaign" : item.name}</Link>
    ),
  },
  { key: "change", title: "Change", render: (_: unknown, item: ChangeItem) => <ChangeLines item={item} /> },
  { key: "state", title: "Outcome", render: (_: unknown, item: ChangeItem) => <ItemOutcome item={item} /> },
  {
    key: "who",
    title: "By",
    className: "tm-wide-only",
    render: (_: unknown, item: ChangeItem) => item.appliedBy ?? item.createdBy,
  },
  {
    key: "when",
    title: "When",
    className: "tm-wide-only",
    render: (_: unknown, item: ChangeItem) => <Time at={item.answeredAt ?? item.createdAt} past />,
  },
];

export const ChangeHistory = ({ items }: { items: ChangeItem[] }) => (
  <div className="tm-table tm-change-table" data-height="auto">
    <Table<ChangeItem>
      aria-label="Changes"
      size="small"
      rowKey="id"
      dataSource={items}
      columns={columns}
      pagination={items.length > 20 ? { pageSize: 20, size: "small" } : false}
      scroll={{ x: "max-content" }}
    />
  </div>
);
