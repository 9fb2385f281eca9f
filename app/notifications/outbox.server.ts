import type { LoaderFunctionArgs } from "@remix-run/node";
import { listOutbox } from "#server/notifications";
import { readPage } from "~/page-data.server";

export const loadOutbox = ({ context }: LoaderFunctionArgs) =>
  readPage(context, async (ctx) => ({ mails: await ctx.tx(listOutbox) }));
