import type { Campaign, CampaignInsights } from "#server/insights/contract";
import { can } from "~/providers/access-control";
import { Link } from "~/providers/router";
import { useViewer } from "~/shell/viewer";
import { formatDay } from "~/ui/format";
import { Facts } from "~/ui/page";
import { Money } from "~/ui/values";
import { useView } from "~/ui/view";
import { codeWords } from "./status-words";

const periods: Record<string, string> = { DAILY: "a day", MONTHLY: "a month", LIFETIME: "in all" };

/** A moment as the day it falls on in a zone. */
const dayIn = (moment: string, zone: string): string =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
    new Date(moment),
  );

function Flight({ campaign }: { campaign: Pick<Campaign, "startsAt" | "endsAt" | "timeZone"> }) {
  const { locale } = useView();
  const words = (moment: string | null) =>
    moment ? formatDay(dayIn(moment, campaign.timeZone), { locale }) : "no date";
  return (
    <>
      {words(campaign.startsAt)} – {words(campaign.endsAt)}
    </>
  );
}

function Budget({ campaign }: { campaign: Campaign }) {
  const { budget, budgetPeriod, currency } = campaign;
  if (!budget) return <span className="tm-muted">by flight</span>;
  return (
    <>
      <Money micros={budget} currency={currency} show="code" /> {periods[budgetPeriod ?? ""] ?? ""}
    </>
  );
}

export function CampaignFacts({ insights: { campaign, flights } }: { insights: CampaignInsights }) {
  const mayOpen = can(useViewer(), "accounts.read");
  const reasons = campaign.deliveryReasons.map(codeWords).join("; ");
  return (
    <Facts
      items={[
        {
          label: "Account",
          value: mayOpen ? (
            <Link to={`/accounts/${campaign.accountId}`}>{campaign.accountName}</Link>
          ) : (
            campaign.accountName
          ),
        },
        {
          label: "Brand",
          value: campaign.brandId ? <Link to={`/brands/${campaign.brandId}`}>{campaign.brandName}</Link> : "none",
        },
        { label: "Budget", value: <Budget campaign={campaign} /> },
        { label: flights.length > 1 ? `Flights (${flights.length})` : "Flight", value: <Flight campaign={campaign} /> },
        { label: "Goal", value: campaign.kpi ? codeWords(campaign.kpi) : "none" },
        ...(reasons ? [{ label: "Why it delivers so", value: reasons }] : []),
        { label: "Amazon id (order, in its reports)", value: <code>{campaign.campaignId}</code> },
      ]}
    />
  );
}
