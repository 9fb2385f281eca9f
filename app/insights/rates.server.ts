import type { LoaderFunctionArgs } from "@remix-run/node";
import { currencyRatesResource } from "#server/insights/rate-api";
import type { CurrencyRate } from "#server/insights/rate-contract";
import { readList } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export const loadRates = async ({ request, context }: LoaderFunctionArgs) => {
  const params = listParamsOf(new URL(request.url), { sorters: [{ field: "day", order: "desc" }] });
  return { seed: await readList<CurrencyRate>(context, currencyRatesResource, params) };
};
