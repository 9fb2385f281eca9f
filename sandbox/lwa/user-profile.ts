import { json, type Reply, ReplyError } from "../reply";
import type { ApiRequest, Route } from "../router";
import { userOf } from "../world/user-of";

// GET /user/profile: who consented, for tokens with the scope `profile`.

export const userProfileRoutes: Route[] = [
  { method: "GET", path: "/user/profile", operation: "lwa.userProfile", handle: (request) => answerProfile(request) },
];

function answerProfile(request: ApiRequest): Reply {
  const bearer = /^bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const grant = request.sandbox.grants.grantOfAccess(bearer ?? request.headers["x-amz-access-token"] ?? "");
  // The statuses and words of these two refusals are not recorded; they follow the token endpoint's shape.
  if (!grant) throw refusal(401, "invalid_token", "The access token is missing, expired or revoked");
  if (!grant.scopes.includes("profile")) throw refusal(403, "insufficient_scope", "The token lacks the scope profile");
  const user = userOf(request.sandbox.world, grant.userId);
  return json(200, { user_id: user.id, name: user.name, email: user.email, postal_code: user.postalCode });
}

const refusal = (status: number, error: string, description: string): ReplyError =>
  new ReplyError(json(status, { error, error_description: description }));
