import type { Campaign, CampaignTotal, MetricInfo } from "#server/insights/contract";
import { isOwnMetric } from "#server/insights/metric-contract";
import { Link } from "~/providers/router";
import type { Column } from "~/ui/data-table";
import { DayCell, MoneyCell, NameCell, StateCell } from "./change-cells";
import { maturityOf } from "./kpi-section";
import { MetricFigure } from "./metric-value";
import { EntityTag } from "./status-words";

/** Metrics of the table before a person chooses others, and those kept at narrow width. */
const usual = ["spend", "impressions", "ctr", "cpm", "dpvr", "purchases", "sales", "roas"];
const narrow = ["spend", "roas"];

const cellOf = (row: Campaign) => ({ entity: "campaign" as const, row, timeZone: row.timeZone });

/** Who may change budgets sees them without asking. */
const aboutColumns = (mayEdit: boolean): Column<Campaign>[] => [
  {
    key: "state",
    title: "Status",
    width: 128,
    sort: true,
    render: (campaign) => (
      <StateCell of={cellOf(campaign)}>
        <EntityTag {...campaign} />
      </StateCell>
    ),
  },
  { key: "brandName", title: "Brand", sort: true, render: ({ brandName }) => brandName ?? <None /> },
  { key: "accountName", title: "Account", sort: true, optional: true, render: ({ accountName }) => accountName },
  {
    key: "budget",
    title: "Budget",
    numeric: true,
    sort: true,
    optional: !mayEdit,
    render: (campaign) => <MoneyCell of={cellOf(campaign)} field="budget" show="code" />,
  },
  {
    key: "startsAt",
    title: "Start",
    hint: "The first day of its first flight, in its account's zone.",
    sort: true,
    optional: true,
    render: (campaign) => <DayCell of={cellOf(campaign)} field="startsAt" />,
  },
  {
    key: "endsAt",
    title: "End",
    hint: "The last day of its last flight, in its account's zone.",
    sort: true,
    optional: !mayEdit,
    render: (campaign) => <DayCell of={cellOf(campaign)} field="endsAt" />,
  },
  { key: "campaignId", title: "Amazon id", optional: true, render: ({ campaignId }) => <code>{campaignId}</code> },
];

const None = () => <span className="tm-muted">none</span>;

interface CampaignColumns {
  metrics: MetricInfo[];
  totals: CampaignTotal[];
  /** What of the URL goes along to the campaign's own page. */
  search: string;
  mayEdit: boolean;
  /** Where money of some rows is hidden, no order may tell of it. */
  moneyHidden: boolean;
}

/** The columns, with totals; money names its currency in the header, or in each cell where currencies mix. */
export function campaignColumns(input: CampaignColumns): Column<Campaign>[] {
  const { metrics, totals, search, mayEdit, moneyHidden } = input;
  const [first] = totals;
  const currency = totals.length === 1 ? first?.currency : undefined;
  const name: Column<Campaign> = {
    key: "name",
    title: "Campaign",
    hint: "Amazon's reports call it order.",
    sort: true,
    width: 320,
    total: <TotalNames totals={totals} />,
    render: (campaign) => (
      <NameCell of={cellOf(campaign)}>
        <Link className="tm-row-name" data-tip={campaign.name} to={`/campaigns/${campaign.id}${search}`}>
          {campaign.name}
        </Link>
      </NameCell>
    ),
  };
  const columns = [
    name,
    ...aboutColumns(mayEdit),
    ...metrics.map((metric) => metricColumn({ metric, totals, currency })),
  ];
  if (!moneyHidden) return columns;
  const money = new Set(["budget", ...metrics.filter(({ unit }) => unit === "money").map(({ id }) => id)]);
  return columns.map((column) => (money.has(column.key) ? { ...column, sort: false } : column));
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
    // The database orders by what the dictionary has.
    sort: !isOwnMetric(metric.id),
    optional: !usual.includes(metric.id),
    narrow: narrow.includes(metric.id),
    total: totals.map((total) => (
      <div key={total.id}>
        <MetricFigure
          metric={metric}
          value={total.values[metric.id]}
          currency={total.currency}
          hidden={total.hidden}
          show={show}
        />
      </div>
    )),
    maturity: (campaign) => maturityOf(metric, campaign.settled, campaign.freshness),
    render: (campaign) => (
      <MetricFigure
        metric={metric}
        value={campaign.values[metric.id]}
        currency={campaign.valuesCurrency}
        hidden={campaign.hidden}
        show={show}
      />
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
