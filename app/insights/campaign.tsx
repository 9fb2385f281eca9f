import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { AdGroup, Creative, MetricInfo } from "#server/insights/contract";
import { useNews } from "~/providers/live";
import { keepsLoader, useReread } from "~/revalidate";
import { Page, Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { Money } from "~/ui/values";
import { loadCampaign } from "./campaign.server";
import { CampaignFacts } from "./campaign-facts";
import { DailyChart, KpiTiles, maturityOf } from "./kpi-section";
import { PartTable } from "./part-table";
import { codeWords, EntityTag } from "./status-words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.insights.campaign.name ?? "Campaign"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadCampaign(args);
export const shouldRevalidate = keepsLoader("range", "compare");
export const handle = { range: true };

const aboutAdGroups = (currency: string) => [
  { title: "Status", render: (row: AdGroup) => <EntityTag {...row} /> },
  { title: "Inventory", render: ({ inventoryType }: AdGroup) => (inventoryType ? codeWords(inventoryType) : "") },
  {
    title: `Base bid, ${currency}`,
    render: ({ baseBid }: AdGroup) => <Money micros={baseBid} currency={currency} show="none" />,
  },
];

const aboutCreatives = [
  { title: "Type", render: ({ kind }: Creative) => (kind ? codeWords(kind) : "") },
  { title: "Size", render: ({ size }: Creative) => size ?? "" },
  { title: "Amazon id", render: ({ id }: Creative) => <code>{id}</code> },
];

export default function CampaignPage() {
  const { insights, metrics, range } = useLoaderData<typeof loader>();
  const { campaign, section, freshness, settled, adGroups, creatives, moreCreatives } = insights;
  const revalidate = useReread();
  useNews(["campaigns"], revalidate);
  const parts = {
    metrics,
    currency: campaign.currency,
    maturityOf: (metric: MetricInfo) => maturityOf(metric, settled, freshness),
  };
  return (
    <Page
      title={campaign.name}
      description={`Campaign of ${campaign.accountName}; its days are those of ${campaign.timeZone}.`}
      state={<EntityTag {...campaign} />}
      trail={[{ label: "Campaigns", to: "/campaigns" }]}
    >
      <KpiTiles section={section} metrics={metrics} range={range} freshness={freshness} settled={settled} />
      <DailyChart section={section} metrics={metrics} range={range} freshness={freshness} />
      <Section title="Ad groups">
        {adGroups.length > 0 ? (
          <PartTable
            label="Ad groups"
            first="Ad group (line item)"
            rows={adGroups}
            about={aboutAdGroups(campaign.currency)}
            {...parts}
          />
        ) : (
          <EmptyState title="Ad groups will be listed here">Amazon has named none for this campaign yet.</EmptyState>
        )}
      </Section>
      <Section title="Creatives">
        {creatives.length > 0 ? (
          <PartTable label="Creatives" first="Creative" rows={creatives} about={aboutCreatives} {...parts} />
        ) : (
          <EmptyState title="Creatives will be listed here">None delivered in these days.</EmptyState>
        )}
        {moreCreatives > 0 ? (
          <p className="tm-muted">
            The {creatives.length} with most spend are shown; {moreCreatives} more delivered.
          </p>
        ) : null}
      </Section>
      <Section title="About">
        <CampaignFacts insights={insights} />
      </Section>
    </Page>
  );
}
