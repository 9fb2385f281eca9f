import { useLocation } from "@remix-run/react";
import type { Campaign, CampaignInsights } from "#server/insights/contract";
import { can } from "~/providers/access-control";
import { Link } from "~/providers/router";
import { useViewer } from "~/shell/viewer";
import { Facts } from "~/ui/page";
import { DayCell, MoneyCell, NameCell, StateCell } from "./change-cells";
import { keptSearch } from "./rows-path";
import { codeWords, EntityTag } from "./status-words";

const periods: Record<string, string> = { DAILY: "a day", MONTHLY: "a month", LIFETIME: "in all" };

const cellOf = (row: Campaign) => ({ entity: "campaign" as const, row, timeZone: row.timeZone });

function Flight({ campaign }: { campaign: Campaign }) {
  return (
    <>
      <DayCell of={cellOf(campaign)} field="startsAt" /> – <DayCell of={cellOf(campaign)} field="endsAt" />
    </>
  );
}

function Budget({ campaign }: { campaign: Campaign }) {
  const { budget, budgetPeriod } = campaign;
  if (!budget && campaign.hidden.length === 0) return <span className="tm-muted">by flight</span>;
  return (
    <>
      <MoneyCell of={cellOf(campaign)} field="budget" show="code" /> {periods[budgetPeriod ?? ""] ?? ""}
    </>
  );
}

export function CampaignFacts({ insights: { campaign, flights } }: { insights: CampaignInsights }) {
  const kept = keptSearch(useLocation().search);
  const mayOpen = can(useViewer(), "accounts.read");
  const reasons = campaign.deliveryReasons.map(codeWords).join("; ");
  return (
    <Facts
      items={[
        { label: "Name", value: <NameCell of={cellOf(campaign)}>{campaign.name}</NameCell> },
        {
          label: "Status",
          value: (
            <StateCell of={cellOf(campaign)}>
              <EntityTag {...campaign} />
            </StateCell>
          ),
        },
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
          value: campaign.brandId ? (
            <Link to={`/brands/${campaign.brandId}${kept}`}>{campaign.brandName}</Link>
          ) : (
            "none"
          ),
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
