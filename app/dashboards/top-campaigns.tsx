import { Table } from "antd";
import type { Campaign, MetricInfo } from "#server/insights/contract";
import { maturityOf } from "~/insights/kpi-section";
import { MetricFigure } from "~/insights/metric-value";
import { EntityTag } from "~/insights/status-words";
import { Link } from "~/providers/router";
import { EmptyState } from "~/ui/states";
import { TideLine } from "~/ui/tide-line";

const shown = ["spend", "impressions", "ctr", "purchases", "sales", "roas"];
const narrow = ["spend", "roas"];

interface TopCampaignsProps {
  campaigns: Campaign[];
  metrics: MetricInfo[];
  /** The page's query, which goes along. */
  search: string;
}

const metricColumn = (metric: MetricInfo) => ({
  key: metric.id,
  title: metric.label,
  className: narrow.includes(metric.id) ? "tm-numeric" : "tm-numeric tm-wide-only",
  onCell: () => ({ "data-label": metric.label }) as object,
  render: (_: unknown, campaign: Campaign) => (
    <TideLine maturity={maturityOf(metric, campaign.settled, campaign.freshness)} edge="right">
      <MetricFigure
        metric={metric}
        value={campaign.values[metric.id]}
        currency={campaign.currency}
        hidden={campaign.hidden}
        show="code"
      />
    </TideLine>
  ),
});

export function TopCampaigns({ campaigns, metrics, search }: TopCampaignsProps) {
  if (campaigns.length === 0) {
    return (
      <EmptyState title="Campaigns will be listed here">Amazon has listed none for these accounts yet.</EmptyState>
    );
  }
  return (
    <div className="tm-table" data-height="auto">
      <Table<Campaign>
        aria-label="Top campaigns"
        size="small"
        rowKey="id"
        pagination={false}
        scroll={{ x: "max-content" }}
        dataSource={campaigns}
        columns={[
          {
            key: "name",
            title: "Campaign",
            fixed: "left",
            rowScope: "row",
            width: 320,
            render: (_, { id, name }) => (
              <Link className="tm-row-name" data-tip={name} to={`/campaigns/${id}${search}`}>
                {name}
              </Link>
            ),
          },
          {
            key: "state",
            title: "Status",
            className: "tm-wide-only",
            render: (_, campaign) => <EntityTag {...campaign} />,
          },
          ...metrics.filter(({ id }) => shown.includes(id)).map(metricColumn),
        ]}
      />
    </div>
  );
}
