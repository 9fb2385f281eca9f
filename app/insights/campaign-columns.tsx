import type { Campaign, CampaignTotal, MetricInfo } from "#server/insights/contract";
import { Link } from "~/providers/router";
import type { Column } from "~/ui/data-table";
import { Money } from "~/ui/values";
import { maturityOf } from "./kpi-section";
import { MetricFigure } from "./metric-value";
import { EntityTag } from "./status-words";

/** Metrics of the table before a person chooses others, and those kept at narrow width. */
const usual = ["spend", "impressions", "ctr", "cpm", "dpvr", "purchases", "sales", "roas"];
const narrow = ["spend", "roas"];

const aboutColumns: Column<Campaign>[] = [
  {
    key: "state",
    title: "Status",
    width: 128,
    sort: true,
    render: (campaign) => <EntityTag {...campaign} />,
  },
  { key: "brandName", title: "Brand", sort: true, render: ({ brandName }) => brandName ?? <None /> },
  { key: "accountName", title: "Account", sort: true, optional: true, render: ({ accountName }) => accountName },
  {
    key: "budget",
    title: "Budget",
    numeric: true,
    sort: true,
    optional: true,
    render: ({ budget, currency }) => <Money micros={budget} currency={currency} show="code" />,
  },
  { key: "campaignId", title: "Amazon id", optional: true, render: ({ campaignId }) => <code>{campaignId}</code> },
];

const None = () => <span className="tm-muted">none</span>;

/** The columns, with totals; money names its currency in the header, or in each cell where currencies mix. */
export function campaignColumns(metrics: MetricInfo[], totals: CampaignTotal[], search: string): Column<Campaign>[] {
  const [first] = totals;
  const currency = totals.length === 1 ? first?.currency : undefined;
  const name: Column<Campaign> = {
    key: "name",
    title: "Campaign",
    hint: "Amazon's reports call it order.",
    sort: true,
    width: 320,
    total: <TotalNames totals={totals} />,
    render: ({ id, name }) => (
      <Link className="tm-row-name" data-tip={name} to={`/campaigns/${id}${search}`}>
        {name}
      </Link>
    ),
  };
  return [name, ...aboutColumns, ...metrics.map((metric) => metricColumn({ metric, totals, currency }))];
}

interface MetricColumn {
  metric: MetricInfo;
  totals: CampaignTotal[];
  /** The one currency of all rows, if there is one. */
  currency: string | undefined;
}

function metricColumn({ metric, totals, currency }: MetricColumn): Column<Campaign> {
  const show = currency ? "none" : "code";
  return {
    key: metric.id,
    title: metric.label,
    ...(metric.unit === "money" && currency ? { unit: currency } : {}),
    hint: metric.definition,
    numeric: true,
    sort: true,
    optional: !usual.includes(metric.id),
    narrow: narrow.includes(metric.id),
    total: totals.map((total) => (
      <div key={total.id}>
        <MetricFigure metric={metric} value={total.values[metric.id]} currency={total.currency} show={show} />
      </div>
    )),
    maturity: (campaign) => maturityOf(metric, campaign.settled, campaign.freshness),
    render: (campaign) => (
      <MetricFigure metric={metric} value={campaign.values[metric.id]} currency={campaign.currency} show={show} />
    ),
  };
}

/** One line a currency: sums of two are never added. */
function TotalNames({ totals }: { totals: CampaignTotal[] }) {
  if (totals.length === 0) return <>Total</>;
  return totals.map(({ id, currency, campaigns }) => (
    <div key={id}>
      Total of {campaigns} {campaigns === 1 ? "campaign" : "campaigns"}
      {totals.length > 1 ? ` in ${currency}` : ""}
    </div>
  ));
}
