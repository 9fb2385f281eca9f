import { data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { completeOAuth } from "#server/connections";
import type { Region } from "#server/connections/contract";
import { readPage } from "~/page-data.server";
import { requireViewer } from "~/shell.server";

const regionOf = new Map<string, Region>([
  ["na", "NA"],
  ["eu", "EU"],
  ["fe", "FE"],
]);

/** On success the browser is sent on, so that the address with the code does not stay. */
export async function loadCallback({ request, params, context }: LoaderFunctionArgs) {
  await requireViewer(request, context);
  const region = regionOf.get(params.region ?? "");
  if (!region) throw data({ message: "This is not an address that Amazon answers to." }, { status: 404 });
  const { search } = new URL(request.url);
  const outcome = await readPage(context, (ctx) => completeOAuth(ctx, { region, search }));
  if (outcome.kind === "connected") throw redirect(`/connections/${outcome.connectionId}`);
  return { outcome, region };
}
