import type { Region } from "../regions";
import type { Wire } from "../wire";

export interface AuthorizeRequest {
  region: Region;
  /** Must equal one of the client's Allowed Return URLs, and be repeated in the exchange. */
  redirectUri: string;
  state: string;
  /** PKCE S256: base64url of the SHA-256 of the verifier. */
  codeChallenge: string;
  /** For example `advertising::campaign_management`. */
  scopes: string[];
}

/** Where to send the browser for consent (contracts 1.2). */
export function authorizeUrl(wire: Pick<Wire, "clientId" | "hosts">, request: AuthorizeRequest): string {
  const parameters = {
    client_id: wire.clientId,
    scope: request.scopes.join(" "),
    response_type: "code",
    redirect_uri: request.redirectUri,
    state: request.state,
    code_challenge: request.codeChallenge,
    code_challenge_method: "S256",
  };
  const query = Object.entries(parameters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${wire.hosts[request.region].authorizeUrl}?${query.join("&")}`;
}
