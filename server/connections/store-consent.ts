import { z } from "zod";
import type { Tokens, UserProfile } from "../amazon";
import { command } from "../core/command";
import type { Ctx } from "../core/context";
import { AppError } from "../core/errors";
import { consentScopes } from "./begin-oauth";
import { tellRecovered } from "./change-state";
import { findConnection, upsertConnection } from "./connection-store";
import { Region } from "./contract";
import { enqueueDiscovery } from "./enqueue-discovery";
import { takeBackStranded } from "./fail-over";
import { replaceGrant } from "./grant-store";
import { settleState } from "./oauth-store";
import { sealTokens } from "./seal-tokens";
import { renewAfterMs } from "./token-schedule";

interface Consented {
  stateId: string;
  region: Region;
  tokens: Tokens;
  user: UserProfile;
  /** As granted; null where Amazon did not say: then what was asked for. */
  scopes: string[] | null;
}

const Input = z.object({
  stateId: z.string(),
  region: Region,
  user: z.object({ userId: z.string(), name: z.string().optional(), email: z.string().optional() }),
  scopes: z.array(z.string()),
  tokens: z.object({
    accessToken: z.string(),
    refreshToken: z.string(),
    expiresInSeconds: z.number(),
    sentAt: z.date(),
  }),
});

/** The connection, its tokens, the consent's outcome, the audit row and the first discovery: all of them or none. */
const connect = command({
  name: "connection.connect",
  permission: "connections.write",
  input: Input,
  // A person gives a consent of their own: whoever may connect for one brand may.
  brandOf: () => "anyBrand",
  async run(tx, { stateId, region, user, scopes, tokens }) {
    if (tx.actor.kind !== "user") throw new AppError("precondition", "Only a signed-in person can connect Amazon.");
    const amazonUserName = user.name ?? user.email ?? user.userId;
    const former = await findConnection(tx, user.userId);
    const { id, created } = await upsertConnection(tx, {
      region,
      ownerUserId: tx.actor.userId,
      amazonUserId: user.userId,
      amazonUserName,
      amazonUserEmail: user.email ?? null,
      scopes,
    });
    const sealed = sealTokens(tx.services.vault, { agencyId: tx.agencyId, connectionId: id }, tokens);
    const passedMs = tx.now().getTime() - tokens.sentAt.getTime();
    const accessLivesMs = tokens.expiresInSeconds * 1000 - passedMs;
    await replaceGrant(tx, id, { ...sealed, accessLivesMs, renewInMs: renewAfterMs(accessLivesMs) });
    if (former) await tellRecovered(tx, former);
    // A consent that was given up meanwhile (a reload that no longer waited) must not come to life behind the person's back.
    if (!(await settleState(tx, stateId, { kind: "connected", connectionId: id }))) {
      throw new AppError("conflict", "This consent was already given up.");
    }
    await takeBackStranded(tx, id);
    await enqueueDiscovery(tx, id);
    await tx.changed("connections", [id]);
    const target = { type: "connection", id, label: amazonUserName };
    const after = { region, amazonUserId: user.userId, scopes };
    return {
      result: id,
      audit: { action: created ? "connection.connected" : "connection.reconnected", target, after },
    };
  },
});

/** @returns the connection's id: the same one for the same Amazon user, however often they consent */
export const storeConsent = (ctx: Ctx, { scopes, ...consented }: Consented): Promise<string> =>
  connect(ctx, { ...consented, scopes: scopes ?? consentScopes });
