// Campaigns, ad groups and ads of one account, page by page. A page is stored as it comes; only a complete listing says what is gone.
import type { Ctx, TxCtx } from "../core/context";
import { failpoint } from "../core/failpoint";
import { adGroupRow, adRow, campaignRow } from "./entity-rows";
import { type Listing, markListed, markUnlisted, upsertAdGroups, upsertAds, upsertCampaigns } from "./entity-store";
import { runStep, sessionFor } from "./run-step";
import { type AccountRow, changeRun, type OpenRun } from "./run-store";

export const syncEntities = (ctx: Ctx, { runId }: { runId: string }): Promise<void> =>
  runStep(ctx, runId, (open) => listAll(ctx, open));

async function listAll(ctx: Ctx, { run, account }: OpenRun): Promise<void> {
  const session = await sessionFor(ctx, account, "campaigns");
  const listing: Listing = { accountId: account.id, startedAt: ctx.now() };
  const rowsRead = await session.withToken((accessToken) => listWith(ctx, { account, accessToken }, listing));
  await ctx.tx(async (tx) => {
    await markUnlisted(tx, listing);
    await markListed(tx, listing);
    const over = {
      state: "done",
      finishedAt: tx.now(),
      nextAt: null,
      note: null,
      rowsRead,
      attempts: run.attempts + 1,
    } as const;
    await changeRun(tx, run.id, { ...over, connectionId: session.connectionId });
    for (const resource of ["campaigns", "ad-groups", "level-rows", "sync-status"]) await tx.changed(resource);
  });
}

type Access = { account: AccountRow; accessToken: string };

async function listWith(ctx: Ctx, { account, accessToken }: Access, listing: Listing): Promise<number> {
  const { dsp } = ctx.services.amazon;
  const query = { region: account.region, accessToken, advertiserId: account.amazonId };
  const campaigns = await storePages(ctx, dsp.queryCampaigns(query), (tx, page) =>
    upsertCampaigns(tx, listing, page.map(campaignRow)),
  );
  const adGroups = await storePages(ctx, dsp.queryAdGroups(query), (tx, page) =>
    upsertAdGroups(tx, listing, page.map(adGroupRow)),
  );
  const ads = await storePages(ctx, dsp.queryAds(query), (tx, page) => upsertAds(tx, listing, page.map(adRow)));
  return campaigns + adGroups + ads;
}

async function storePages<T>(
  ctx: Ctx,
  pages: AsyncIterable<T[]>,
  store: (tx: TxCtx, page: T[]) => Promise<void>,
): Promise<number> {
  let count = 0;
  for await (const page of pages) {
    await ctx.tx((tx) => store(tx, page));
    failpoint("entities.page");
    count += page.length;
  }
  return count;
}
