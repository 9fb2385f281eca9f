import { codeOf } from "../world/random";

// The applications registered at Login with Amazon.

export interface Client {
  clientId: string;
  clientSecret: string;
  name: string;
  returnUrls: string[];
  scopes: readonly string[];
  grantTypes: readonly string[];
  /** approved for the Amazon Ads API; without it good tokens still get 403 */
  entitled: boolean;
}

export const SCOPES = [
  "advertising::campaign_management",
  "advertising::audiences",
  "advertising::test:create_account",
  "profile",
  "profile:user_id",
  "postal_code",
  "cpc_advertising:campaign_management",
] as const;

const HEX = "0123456789abcdef";

/** The main client, and one that may only sign people in: not entitled, no refresh. */
export function buildClients(seed: number, returnUrls: string[]): [Client, Client] {
  const client = (name: string) => ({
    clientId: `amzn1.application-oa2-client.${codeOf(32, [seed, "client", name], HEX)}`,
    clientSecret: `amzn1.oa2-cs.v1.${codeOf(64, [seed, "secret", name], HEX)}`,
    name,
    returnUrls,
  });
  return [
    { ...client("Tidemark"), scopes: SCOPES, grantTypes: ["authorization_code", "refresh_token"], entitled: true },
    {
      ...client("Sign-in only"),
      scopes: ["profile", "profile:user_id"],
      grantTypes: ["authorization_code"],
      entitled: false,
    },
  ];
}
