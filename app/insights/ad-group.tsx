import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import { Link } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { viewParams } from "~/ui/date-range";
import { Day, Money } from "~/ui/values";
import { dayIn } from "./change-words";
import { loadPart } from "./part.server";
import { PartPage } from "./part-page";
import { keptSearch } from "./rows-path";
import { codeWords } from "./status-words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.insights.name ?? "Ad group"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadPart(args, "adGroupId");
export const shouldRevalidate = keepsLoader("why", "level", "metric", "native", ...viewParams);
export const handle = { range: true, currency: true };

export default function AdGroupPage() {
  const data = useLoaderData<typeof loader>();
  const kept = keptSearch(useLocation().search);
  const { id, campaign, accountName, timeZone, brandId, brandName, currency, hidden, ...about } = data.insights;
  const amount = (micros: string | null) =>
    micros === null ? (
      <span className="tm-muted">none</span>
    ) : (
      <Money micros={micros} currency={currency} show="code" />
    );
  const day = (moment: string | null) => {
    const found = dayIn(moment, timeZone);
    return found ? <Day day={found} /> : <span className="tm-muted">none</span>;
  };
  const money =
    hidden.length > 0
      ? []
      : [
          { label: "Base bid", value: amount(about.baseBid) },
          { label: "Budget", value: amount(about.budget) },
        ];
  return (
    <PartPage
      data={data}
      of={{ adgroup: id }}
      trail={[
        { label: "Campaigns", to: "/campaigns" },
        ...(campaign ? [{ label: campaign.name, to: `/campaigns/${campaign.id}` }] : []),
      ]}
      description={`Ad group of ${accountName}; its days are those of ${timeZone}.`}
      facts={[
        {
          label: "Campaign",
          value: campaign ? <Link to={`/campaigns/${campaign.id}${kept}`}>{campaign.name}</Link> : "none",
        },
        { label: "Brand", value: brandId ? <Link to={`/brands/${brandId}${kept}`}>{brandName}</Link> : "none" },
        { label: "Inventory", value: about.inventoryType ? codeWords(about.inventoryType) : "not said" },
        ...money,
        { label: "Start", value: day(about.startsAt) },
        { label: "End", value: day(about.endsAt) },
        { label: "Amazon id (line item, in its reports)", value: <code>{id.split(":")[1]}</code> },
      ]}
    />
  );
}
