// Turns news of connections into messages: each to exactly one person, once.
import { getConnection } from "../connections";
import type { ClientStanding, Connection, ConnectionStateChanged, ConsentEnding } from "../connections/contract";
import type { Ctx, TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { clientNews } from "./client-news";
import { type Background, consentNews, stateNews } from "./connection-news";
import { selectPeople } from "./message-store";
import type { News } from "./news";
import { headOf, recipientOf } from "./recipient";
import { tell } from "./tell";

export const tellStateChange = (ctx: Ctx, change: ConnectionStateChanged): Promise<void> =>
  tellOwner(ctx, change, (background) => stateNews(change, background));

export const tellConsentEnding = (ctx: Ctx, ending: ConsentEnding): Promise<void> =>
  tellOwner(ctx, ending, (background) => consentNews(ending, background));

export async function tellClientStanding(ctx: Ctx, standing: ClientStanding): Promise<void> {
  await ctx.tx(async (tx) => {
    const head = headOf(await selectPeople(tx));
    if (head) await tell(tx, head.id, clientNews(standing));
    else tx.log.error({ accepted: standing.accepted }, "nobody of the agency can be told of Amazon's refusal");
  });
}

async function tellOwner(
  ctx: Ctx,
  { connectionId, ownerUserId }: Pick<ConnectionStateChanged, "connectionId" | "ownerUserId">,
  compose: (background: Background) => News | null,
): Promise<void> {
  await ctx.tx(async (tx) => {
    const recipient = recipientOf(await selectPeople(tx), ownerUserId);
    const connection = await findConnection(tx, connectionId);
    const news = compose({ connection, owner: recipient?.standsInFor ?? null });
    if (!news) return;
    if (recipient) await tell(tx, recipient.userId, news);
    else tx.log.error({ connectionId, kind: news.kind }, "nobody of the agency can be told of a connection");
  });
}

async function findConnection(tx: TxCtx, id: string): Promise<Connection | null> {
  try {
    return await getConnection(tx, id);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}
