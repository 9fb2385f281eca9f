import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { Creative, MetricInfo } from "#server/insights/contract";
import { useNews } from "~/providers/live";
import { keepsLoader, useReread } from "~/revalidate";
import { viewParams } from "~/ui/date-range";
import { Page, Section } from "~/ui/page";
import { EmptyState } from "~/ui/states";
import { AdGroupTable } from "./ad-group-table";
import { Breakdowns } from "./breakdowns";
import { loadCampaign } from "./campaign.server";
import { CampaignFacts } from "./campaign-facts";
import { ChangeHistory } from "./change-history";
import { DraftProvider } from "./draft";
import { DraftBar } from "./draft-bar";
import { ExplanationSection } from "./explanation";
import { DailyChart, KpiTiles, maturityOf } from "./kpi-section";
import { PartTable } from "./part-table";
import { codeWords, EntityTag } from "./status-words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.insights.campaign.name ?? "Campaign"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadCampaign(args);
export const shouldRevalidate = keepsLoader("why", ...viewParams);
export const handle = { range: true, currency: true };

const aboutCreatives = [
  { title: "Type", render: ({ kind }: Creative) => (kind ? codeWords(kind) : "") },
  { title: "Size", render: ({ size }: Creative) => size ?? "" },
  { title: "Amazon id", render: ({ id }: Creative) => <code>{id}</code> },
];

export default function CampaignPage() {
  const { insights, explanation, metrics, tabs, range, draft, history } = useLoaderData<typeof loader>();
  const { campaign, section, freshness, settled, adGroups, creatives, moreCreatives } = insights;
  const revalidate = useReread();
  useNews(["campaigns", "ad-groups", "change-sets"], revalidate);
  const parts = {
    metrics,
    currency: campaign.currency,
    maturityOf: (metric: MetricInfo) => maturityOf(metric, settled, freshness),
  };
  return (
    <DraftProvider initial={draft}>
      <Page
        title={campaign.name}
        description={`Campaign of ${campaign.accountName}; its days are those of ${campaign.timeZone}.`}
        state={<EntityTag {...campaign} />}
        trail={[{ label: "Campaigns", to: "/campaigns" }]}
      >
        <KpiTiles section={section} metrics={metrics} range={range} freshness={freshness} settled={settled} />
        <DailyChart
          section={section}
          metrics={metrics}
          range={range}
          freshness={freshness}
          of={{ campaignId: campaign.id }}
        />
        {range.compared ? (
          <ExplanationSection explanation={explanation} metrics={metrics} parts="ad groups" partPath={null} />
        ) : null}
        <Section title="Ad groups">
          {adGroups.length > 0 ? (
            <AdGroupTable insights={insights} {...parts} />
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
              The {creatives.length} with {section.hidden.length > 0 ? "most impressions" : "most spend"} are shown;{" "}
              {moreCreatives} more delivered.
            </p>
          ) : null}
        </Section>
        <Breakdowns
          tabs={tabs}
          of={{ campaignId: campaign.id }}
          range={range}
          currency={campaign.currency}
          metrics={metrics}
        />
        <Section title="About">
          <CampaignFacts insights={insights} />
        </Section>
        {history.length > 0 ? (
          <Section title="Changes">
            <ChangeHistory items={history} />
          </Section>
        ) : null}
        <DraftBar />
      </Page>
    </DraftProvider>
  );
}
