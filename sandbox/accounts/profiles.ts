import { genericError, json, type Reply, type ReplyError } from "../reply";
import type { ApiRequest, Route } from "../router";
import type { Profile } from "../world/types";
import { callerOf, type Refuse, seesProfile } from "./caller";

// Profiles v2 (contracts.md 2.2). Profile ids leave as JSON numbers, some above 2^53.

export const profileRoutes: Route[] = [
  { method: "GET", path: "/v2/profiles", operation: "profiles.list", handle: (request) => listProfiles(request) },
  {
    method: "GET",
    path: "/v2/profiles/{profileId}",
    operation: "profiles.get",
    handle: (request) => getProfile(request),
  },
];

const CODES: Record<number, string> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
};

const refuse: Refuse = (status, details): ReplyError => genericError(status, CODES[status] ?? String(status), details);

const CLIENT_HEADER = "Amazon-Advertising-API-ClientId";
const PROGRAMS = ["billing", "campaign", "paymentMethod", "store", "report", "account", "posts"];
const ACCESS_LEVELS = ["edit", "view"];
const TYPES = ["seller", "vendor", "agency"];

function listProfiles(request: ApiRequest): Reply {
  const { user } = callerOf(request, CLIENT_HEADER, refuse);
  oneOf(request, "apiProgram", PROGRAMS);
  oneOf(request, "validPaymentMethodFilter", ["true", "false"]);
  const edit = oneOf(request, "accessLevel", ACCESS_LEVELS) === "edit";
  const types = request.query.get("profileTypeFilter")?.split(",");
  const wrong = types?.find((type) => !TYPES.includes(type));
  if (wrong !== undefined) throw refuse(400, `profileTypeFilter has an invalid value: ${wrong}`);
  const { world } = request.sandbox;
  const editable = (profile: Profile) =>
    profile.type !== "agency" ||
    world.advertisers.some((a) => a.profileId === profile.profileId && user.access[a.advertiserId] === "edit");
  const mine = world.profiles.filter(
    (profile) =>
      profile.region === request.region &&
      seesProfile(request, user, profile) &&
      (!types || types.includes(profile.type)) &&
      (!edit || editable(profile)),
  );
  return json(200, mine.map(wireProfile));
}

function getProfile(request: ApiRequest): Reply {
  const { user } = callerOf(request, CLIENT_HEADER, refuse);
  const id = request.params.profileId ?? "";
  const profile = request.sandbox.world.profiles.find((candidate) => candidate.profileId === id);
  if (!profile || profile.region !== request.region)
    throw genericError(404, "NOT_FOUND", `Could not find profile ${id}`);
  if (!seesProfile(request, user, profile)) throw refuse(401, `Not authorized to access scope ${id}`);
  return json(200, wireProfile(profile));
}

function oneOf(request: ApiRequest, name: string, allowed: string[]): string | null {
  const value = request.query.get(name);
  if (value !== null && !allowed.includes(value)) throw refuse(400, `${name} has an invalid value: ${value}`);
  return value;
}

function wireProfile(profile: Profile) {
  return {
    profileId: BigInt(profile.profileId),
    countryCode: profile.countryCode,
    currencyCode: profile.currencyCode,
    ...(profile.dailyBudget === undefined ? {} : { dailyBudget: profile.dailyBudget }),
    timezone: profile.timezone,
    accountInfo: {
      marketplaceStringId: profile.marketplaceStringId,
      id: profile.accountId,
      type: profile.type,
      name: profile.name,
      ...(profile.type === "vendor" ? { validPaymentMethod: true } : {}),
    },
  };
}
