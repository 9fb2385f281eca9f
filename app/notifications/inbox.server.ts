import type { LoaderFunctionArgs } from "@remix-run/node";
import { getNotificationPreferences } from "#server/notifications";
import { messagesResource } from "#server/notifications/api";
import type { Message } from "#server/notifications/contract";
import { readList, readPage } from "~/page-data.server";
import { listParamsOf } from "~/ui/list-params";

export async function loadInbox({ request, context }: LoaderFunctionArgs) {
  const params = listParamsOf(new URL(request.url), {
    pageSize: 25,
    sorters: [{ field: "createdAt", order: "desc" }],
  });
  const seed = await readList<Message>(context, messagesResource, params);
  const preferences = await readPage(context, (ctx) => ctx.tx((tx) => getNotificationPreferences(tx, "me")));
  return { seed, preferences };
}
