// One refresh of a leased grant: asks Amazon outside any transaction, then stores where the version is still the one read.
import type { Tokens } from "../amazon";
import type { Ctx, TxCtx } from "../core/context";
import { failpoint } from "../core/failpoint";
import { calmState, changeState } from "./change-state";
import { type ConnectionRow, lockConnections, type StandingRow } from "./connection-store";
import { type LeasedGrant, type NewTokens, storeTokens } from "./grant-store";
import { onBehalf } from "./on-behalf";
import { sealTokens, tokenBinding } from "./seal-tokens";
import { gatesWell } from "./token-gate";
import { renewAfterMs } from "./token-schedule";
import "./services";

/** A grant under our lease, with its connection. */
export interface Leased {
  connection: Pick<ConnectionRow, "id" | "region">;
  read: LeasedGrant;
}

export interface Renewed extends Tokens {
  /** The refresh token is the one that was sent. */
  asBefore: boolean;
}

/** Throws what Amazon, or the vault, said against it. */
export async function askAmazon(ctx: Ctx, { connection, read: { grant } }: Leased): Promise<Renewed> {
  failpoint("token.leased");
  const binding = tokenBinding({ agencyId: ctx.agencyId, connectionId: grant.connectionId }, "refreshToken");
  const refreshToken = ctx.services.vault.open(binding, grant.refreshToken ?? "");
  const tokens = await onBehalf(ctx, { connectionId: connection.id }, () =>
    ctx.services.amazon.lwa.refresh({ region: connection.region, refreshToken }),
  );
  failpoint("token.replied");
  return { ...tokens, asBefore: tokens.refreshToken === refreshToken };
}

export interface Reply extends Leased {
  tokens: Renewed;
}

/**
 * Stores what came back for grants of one agency, all in one transaction.
 * @returns the new versions by connection; none for a grant that has moved on meanwhile
 */
export async function storeReplies(ctx: Ctx, replies: readonly Reply[]): Promise<Map<string, number>> {
  const sealed = new Map(replies.map((reply) => [reply.connection.id, sealReply(ctx, reply)]));
  const versions = await ctx.tx(async (tx) => {
    const rows = await lockConnections(tx, [...sealed.keys()]);
    const wanted = rows.filter(({ state }) => state !== "disconnected");
    const stored = await storeTokens(
      tx,
      wanted.flatMap(({ id }) => sealed.get(id) ?? []),
    );
    for (const row of wanted) if (stored.has(row.id)) await becomeCalm(tx, row);
    // Last: every agency's refreshes meet at this row.
    const regions = wanted.map(({ region }) => region);
    await Promise.all([tx.changed("connections", [...stored.keys()]), gatesWell(tx, ctx.services.amazon.lwa, regions)]);
    failpoint("token.storing");
    return stored;
  });
  failpoint("token.stored");
  return versions;
}

function sealReply(ctx: Ctx, { connection, read: { grant, now }, tokens }: Reply): NewTokens {
  const place = { agencyId: ctx.agencyId, connectionId: connection.id };
  const lifeMs = tokens.expiresInSeconds * 1000;
  return {
    ...sealTokens(ctx.services.vault, place, tokens, tokens.asBefore ? grant.refreshToken : null),
    grant,
    // The lease was taken before the request was sent: the token lives at least this long.
    accessExpiresAt: new Date(now.getTime() + lifeMs),
    renewAt: new Date(now.getTime() + renewAfterMs(lifeMs)),
  };
}

async function becomeCalm(tx: TxCtx, row: StandingRow): Promise<void> {
  const calm = calmState(row);
  if (row.state !== calm.state || row.stateReason !== calm.reason) await changeState(tx, row, calm);
}
