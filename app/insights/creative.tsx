import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useLocation } from "@remix-run/react";
import { Link } from "~/providers/router";
import { keepsLoader } from "~/revalidate";
import { viewParams } from "~/ui/date-range";
import { loadPart } from "./part.server";
import { PartPage } from "./part-page";
import { keptSearch } from "./rows-path";
import { codeWords } from "./status-words";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.insights.name ?? "Creative"} · Tidemark` },
];
export const loader = (args: LoaderFunctionArgs) => loadPart(args, "creativeId");
export const shouldRevalidate = keepsLoader("why", "level", "metric", "native", ...viewParams);
export const handle = { range: true, currency: true };

export default function CreativePage() {
  const data = useLoaderData<typeof loader>();
  const kept = keptSearch(useLocation().search);
  const { id, accountName, timeZone, brandId, brandName, kind, size } = data.insights;
  return (
    <PartPage
      data={data}
      of={{ creative: id }}
      trail={[
        { label: "Campaigns", to: "/campaigns" },
        ...(brandId ? [{ label: brandName ?? "Brand", to: `/brands/${brandId}` }] : []),
      ]}
      description={`Creative of ${accountName}, wherever it ran; its days are those of ${timeZone}.`}
      facts={[
        { label: "Brand", value: brandId ? <Link to={`/brands/${brandId}${kept}`}>{brandName}</Link> : "none" },
        { label: "Type", value: kind ? codeWords(kind) : "not said" },
        { label: "Size", value: size || "not said" },
        { label: "Amazon id", value: <code>{id.split(":")[1]}</code> },
      ]}
    />
  );
}
