import type { LoaderFunctionArgs } from "@remix-run/node";
import { wholeList } from "#server/core/query";
import { getProfile, listOwnPasskeys, listOwnSessions } from "#server/identity";
import { getNotificationPreferences } from "#server/notifications";
import { readPage } from "~/page-data.server";

export const loadProfile = ({ context }: LoaderFunctionArgs) =>
  readPage(context, (ctx) =>
    ctx.tx(async (tx) => ({
      profile: await getProfile(tx, "me"),
      preferences: await getNotificationPreferences(tx, "me"),
      passkeys: (await listOwnPasskeys(tx, wholeList())).items,
      sessions: (await listOwnSessions(tx, wholeList())).items,
    })),
  );
