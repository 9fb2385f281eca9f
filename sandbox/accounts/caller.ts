import { gatewayError, type ReplyError } from "../reply";
import type { ApiRequest } from "../router";
import type { Access, Advertiser, AmazonUser, Profile } from "../world/types";
import { userOf } from "../world/user-of";

// Who calls, and what that Amazon user may see. Every API family refuses in its own body, hence `refuse`.

export type Refuse = (status: 400 | 401 | 403, message: string) => ReplyError;

export interface Caller {
  user: AmazonUser;
  clientId: string;
}

const ADS_SCOPES = ["advertising::campaign_management", "cpc_advertising:campaign_management"];

/** Checks the bearer token and the client header that the family asks for. */
export function callerOf(request: ApiRequest, clientHeader: string, refuse: Refuse): Caller {
  const { grants, clients, world } = request.sandbox;
  const authorization = request.headers.authorization;
  if (!authorization) throw refuse(401, "Authorization header is missing");
  const token = /^bearer (.+)$/i.exec(authorization)?.[1] ?? "";
  const grant = grants.grantOfAccess(token);
  if (!grant) throw refuse(401, "The access token is invalid or has expired");
  const clientId = request.headers[clientHeader.toLowerCase()];
  if (!clientId) throw refuse(401, `${clientHeader} header is missing`);
  if (clientId !== grant.clientId) throw refuse(401, "The access token was not issued to this client");
  const client = clients.find((candidate) => candidate.clientId === clientId);
  if (!client?.entitled) throw gatewayError(403, "Forbidden");
  if (!grant.scopes.some((scope) => ADS_SCOPES.includes(scope))) {
    throw refuse(401, "The access token lacks the scope advertising::campaign_management");
  }
  return { user: userOf(world, grant.userId), clientId };
}

export const accessTo = (user: AmazonUser, advertiserId: string): Access | undefined => user.access[advertiserId];

export function seesProfile(request: ApiRequest, user: AmazonUser, profile: Profile): boolean {
  if (user.otherProfileIds.includes(profile.profileId)) return true;
  return request.sandbox.world.advertisers.some(
    (advertiser) => advertiser.profileId === profile.profileId && accessTo(user, advertiser.advertiserId) !== undefined,
  );
}

/** The profile named by the Scope header, in this host's region. */
export function scopeOf(request: ApiRequest, caller: Caller, refuse: Refuse): Profile {
  const id = request.headers["amazon-advertising-api-scope"];
  if (!id) throw refuse(401, "Scope header is missing");
  const profile = request.sandbox.world.profiles.find((candidate) => candidate.profileId === id);
  if (!profile || !seesProfile(request, caller.user, profile))
    throw refuse(401, `Not authorized to access scope ${id}`);
  if (profile.region !== request.region) throw refuse(403, `Scope ${id} belongs to another region`);
  return profile;
}

export function advertisersUnder(request: ApiRequest, caller: Caller, profile: Profile): Advertiser[] {
  return request.sandbox.world.advertisers.filter(
    (advertiser) =>
      advertiser.profileId === profile.profileId && accessTo(caller.user, advertiser.advertiserId) !== undefined,
  );
}

/** The advertiser named by an id, if the caller may see it on this host. */
export function advertiserOf(request: ApiRequest, caller: Caller, of: { id: string; refuse: Refuse }): Advertiser {
  const advertiser = request.sandbox.world.advertisers.find((candidate) => candidate.advertiserId === of.id);
  if (!advertiser || accessTo(caller.user, of.id) === undefined) {
    throw of.refuse(401, `Not authorized to access account ${of.id}`);
  }
  if (advertiser.region !== request.region) throw of.refuse(403, `Account ${of.id} belongs to another region`);
  return advertiser;
}
