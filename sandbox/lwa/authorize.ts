import { html, type Reply, redirect } from "../reply";
import type { ApiRequest, Route } from "../router";
import { type Client, SCOPES } from "./clients";
import { consentPage, errorPage } from "./consent-page";

// The browser side of Login with Amazon: GET /ap/oa shows the consent page; its form comes back to /ap/oa/consent.

const CODE_LIFE_MS = 5 * 60 * 1000;

interface AuthorizeRequest {
  client: Client;
  redirectUri: string;
  scopes: string[];
  state: string | null;
  challenge?: string;
  challengeMethod: "S256" | "plain";
}

type Checked = { ok: AuthorizeRequest } | { reply: Reply };

export const authorizeRoutes: Route[] = [
  { method: "GET", path: "/ap/oa", operation: "lwa.authorize", handle: (request) => showConsent(request) },
  { method: "POST", path: "/ap/oa/consent", operation: "lwa.consent", handle: (request) => decide(request) },
];

function showConsent(request: ApiRequest): Reply {
  const checked = check(request, request.query);
  if ("reply" in checked) return checked.reply;
  const { client, scopes, redirectUri } = checked.ok;
  const users = request.sandbox.world.users;
  return html(200, consentPage({ clientName: client.name, scopes, redirectUri, users, parameters: request.query }));
}

function decide(request: ApiRequest): Reply {
  const form = new URLSearchParams(request.body);
  const checked = check(request, form);
  if ("reply" in checked) return checked.reply;
  const asked = checked.ok;
  if (form.get("decision") !== "allow") {
    return refuse(asked.redirectUri, asked.state, {
      error: "access_denied",
      description: "The user refused to give the application access.",
    });
  }
  const user = request.sandbox.world.users.find((candidate) => candidate.id === form.get("user"));
  if (!user) return html(400, errorPage("Choose the Amazon user that is to give consent."));
  const code = request.sandbox.grants.issueCode({
    clientId: asked.client.clientId,
    redirectUri: asked.redirectUri,
    userId: user.id,
    scopes: asked.scopes,
    challengeMethod: asked.challengeMethod,
    expiresAt: request.sandbox.clock.now() + CODE_LIFE_MS,
    ...(asked.challenge === undefined ? {} : { challenge: asked.challenge }),
  });
  const target = new URL(asked.redirectUri);
  target.searchParams.set("code", code);
  target.searchParams.set("scope", asked.scopes.join(" "));
  if (asked.state !== null) target.searchParams.set("state", asked.state);
  return redirect(target.href);
}

/** A bad client or return URL must never redirect (OAuth): the error is shown here. All else goes back to the client. */
function check(request: ApiRequest, given: URLSearchParams): Checked {
  const clientId = given.get("client_id") ?? "";
  const client = request.sandbox.clients.find((candidate) => candidate.clientId === clientId);
  if (!client || clientId.length > 100) return { reply: html(400, errorPage("An unknown client_id was given.")) };
  const redirectUri = given.get("redirect_uri") ?? "";
  if (!client.returnUrls.includes(redirectUri)) {
    return { reply: html(400, errorPage("The redirect_uri is not one of the application's Allowed Return URLs.")) };
  }
  const state = given.get("state");
  const scopes = (given.get("scope") ?? "").split(" ").filter((scope) => scope !== "");
  const method = given.get("code_challenge_method") ?? "plain";
  const challenge = given.get("code_challenge");
  const problem = problemOf({ given, scopes, client, method });
  if (problem) return { reply: refuse(redirectUri, state, problem) };
  return {
    ok: {
      client,
      redirectUri,
      scopes,
      state,
      challengeMethod: method === "S256" ? "S256" : "plain",
      ...(challenge === null ? {} : { challenge }),
    },
  };
}

interface Problem {
  error: string;
  description: string;
}

function problemOf(of: {
  given: URLSearchParams;
  scopes: string[];
  client: Client;
  method: string;
}): Problem | undefined {
  const { given, scopes, client, method } = of;
  const type = given.get("response_type");
  if (type === null) return { error: "invalid_request", description: "missing a required parameter : response_type" };
  if (type !== "code") return { error: "unsupported_response_type", description: "response_type must be code" };
  if (scopes.length === 0) return { error: "invalid_request", description: "missing a required parameter : scope" };
  const known: readonly string[] = SCOPES;
  const unknown = scopes.find((scope) => !known.includes(scope));
  if (unknown) return { error: "invalid_scope", description: `An unknown scope was requested : ${unknown}` };
  const refused = scopes.find((scope) => !client.scopes.includes(scope));
  if (refused) return { error: "unauthorized_client", description: `The client may not ask for the scope ${refused}` };
  if (method !== "S256" && method !== "plain") {
    return { error: "invalid_request", description: "code_challenge_method must be S256 or plain" };
  }
  return undefined;
}

function refuse(redirectUri: string, state: string | null, problem: Problem): Reply {
  const target = new URL(redirectUri);
  target.searchParams.set("error", problem.error);
  target.searchParams.set("error_description", problem.description);
  if (state !== null) target.searchParams.set("state", state);
  return redirect(target.href);
}
