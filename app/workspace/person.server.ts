import type { LoaderFunctionArgs } from "@remix-run/node";
import { describeMember } from "#server/workspace";
import { readPage } from "~/page-data.server";

export async function loadPerson({ params, context }: LoaderFunctionArgs) {
  return readPage(context, (ctx) => ctx.tx((tx) => describeMember(tx, params.id ?? "")));
}
