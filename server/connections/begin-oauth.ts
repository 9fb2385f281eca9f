import { createHash, randomBytes } from "node:crypto";
import { command } from "../core/command";
import { AppError } from "../core/errors";
import { BeginOAuth, type ConsentStart, type Region, regionNames } from "./contract";
import { insertState, tidyStates } from "./oauth-store";
import "./services";

/** Campaigns, reports and AMC, and who the consenting user is (contracts 1.2). */
export const consentScopes = ["advertising::campaign_management", "profile"];

const lifeMs = 10 * 60_000;

/** Only the digest is kept: whoever reads the database cannot return in another's name. */
export const stateId = (state: string): string => createHash("sha256").update(state).digest("hex");

/** One path a region: an answer of one region's Amazon cannot be passed off as another's. */
export const redirectUri = (publicUrl: string, region: Region): string =>
  `${publicUrl}/connections/callback/${region.toLowerCase()}`;

export const verifierBinding = (agencyId: string, id: string) => ({
  agencyId,
  connectionId: id,
  field: "codeVerifier",
});

/** Starts a consent: the browser goes to Amazon and must be back, in the same session, within ten minutes. */
export const beginOAuth = command({
  name: "connection.authorize",
  permission: "connections.write",
  input: BeginOAuth,
  // What is given is a consent of the person's own, so that a role for one brand is enough.
  brandOf: () => "anyBrand",
  async run(tx, { region }) {
    const { actor, services } = tx;
    if (actor.kind !== "user") throw new AppError("precondition", "Only a signed-in person can connect Amazon.");
    await tidyStates(tx);
    const state = randomBytes(32).toString("base64url");
    const verifier = randomBytes(48).toString("base64url");
    const id = stateId(state);
    const uri = redirectUri(services.publicUrl, region);
    const expiresAt = new Date(tx.now().getTime() + lifeMs);
    await insertState(tx, {
      id,
      sessionId: actor.sessionId,
      userId: actor.userId,
      region,
      redirectUri: uri,
      codeVerifier: services.vault.seal(verifierBinding(tx.agencyId, id), verifier),
      createdAt: tx.now(),
      expiresAt,
    });
    const authorizeUrl = services.amazon.lwa.authorizeUrl({
      region,
      redirectUri: uri,
      state,
      codeChallenge: createHash("sha256").update(verifier).digest("base64url"),
      scopes: consentScopes,
    });
    const result: ConsentStart = { authorizeUrl, expiresAt: expiresAt.toISOString() };
    const target = { type: "consent", id, label: `Amazon consent, ${regionNames[region]}` };
    return { result, audit: { action: "connection.consent_started", target } };
  },
});
