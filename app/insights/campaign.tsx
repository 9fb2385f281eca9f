import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import type { MetricInfo } from "#server/insights/contract";
import { useNews } from "~/providers/live";
import { keepsLoader, useReread } from "~/revalidate";
import { viewParams } from "~/ui/date-range";
import { Page, Section } from "~/ui/page";
import { AdGroupTable } from "./ad-group-table";
import { Breakdowns } from "./breakdowns";
import { loadCampaign } from "./campaign.server";
import { CampaignFacts } from "./campaign-facts";
import { ChangeHistory } from "./change-history";
import { isConverted } from "./converted";
import { DraftProvider } from "./draft";
import { DraftBar } from "./draft-bar";
import { ExplanationSection } from "./explanation";
import { Funnel } from "./funnel";
import { DailyChart, KpiTiles, maturityOf } from "./kpi-section";
import { LevelSection, LevelSwitch } from "./level-section";
import { PaceSection } from "./pace-section";
import { keptSearch } from "./rows-path";
import { EntityTag } from "./status-words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.insights.campaign.name ?? "Campaign"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadCampaign(args);
export const shouldRevalidate = keepsLoader("why", "level", "metric", "native", ...viewParams);
export const handle = { range: true, currency: true };

export default function CampaignPage() {
  const { insights, adGroups, explanation, metrics, tabs, range, draft, history, level, paces } =
    useLoaderData<typeof loader>();
  const { campaign, section, freshness, settled, reach } = insights;
  const revalidate = useReread();
  useNews(["campaigns", "ad-groups", "change-sets"], revalidate);
  const kept = keptSearch(useLocation().search);
  const shown = { section, metrics, range, freshness };
  const of = { campaign: campaign.id };
  const seenIn = level?.converted ? { inCurrency: level.currency } : {};
  const parts = {
    metrics,
    currency: level?.currency ?? campaign.currency,
    maturityOf: (metric: MetricInfo) => maturityOf(metric, settled, freshness),
  };
  return (
    <DraftProvider initial={draft}>
      <Page
        title={campaign.name}
        description={`Campaign of ${campaign.accountName}; its days are those of ${campaign.timeZone}.`}
        state={<EntityTag {...campaign} />}
        trail={[
          { label: "Campaigns", to: "/campaigns" },
          ...(campaign.brandId
            ? [{ label: campaign.brandName ?? "Brand", to: `/brands/${campaign.brandId}${kept}` }]
            : []),
        ]}
        action={<LevelSwitch loaded={level} />}
      >
        <KpiTiles {...shown} settled={settled} of={of} />
        <DailyChart {...shown} notesOf={{ campaignId: campaign.id }} />
        {range.compared ? (
          <ExplanationSection
            explanation={explanation}
            native={isConverted(section) ? campaign.currency : null}
            metrics={metrics}
            parts="ad groups"
            partPath={(id) => `/ad-groups/${id}${kept}`}
          />
        ) : null}
        {level ? (
          <LevelSection
            loaded={level}
            {...shown}
            of={of}
            {...(level.level === "adGroups" && adGroups.length > 0
              ? { table: <AdGroupTable {...{ insights, adGroups, range, seenIn }} {...parts} /> }
              : {})}
          />
        ) : null}
        <Funnel {...shown} reach={reach} settled={settled} />
        <PaceSection paces={paces} hidden={section.hidden.length > 0} spend={null} />
        <Breakdowns
          tabs={tabs}
          of={{ campaignId: campaign.id, ...seenIn }}
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
