import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireRead } from "#server/core/query";
import { getSignInRules } from "#server/workspace";
import { readPage } from "~/page-data.server";

export const loadAgency = ({ context }: LoaderFunctionArgs) =>
  readPage(context, (ctx) => {
    requireRead(ctx, "agency.read");
    return ctx.tx(async (tx) => ({ rules: await getSignInRules(tx, ctx.agencyId) }));
  });
