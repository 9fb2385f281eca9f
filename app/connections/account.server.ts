import type { LoaderFunctionArgs } from "@remix-run/node";
import { getAccount } from "#server/connections";
import { readPage } from "~/page-data.server";

export async function loadAccount({ params, context }: LoaderFunctionArgs) {
  return { account: await readPage(context, (ctx) => ctx.tx((tx) => getAccount(tx, params.id ?? ""))) };
}
