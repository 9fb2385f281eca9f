import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningSandbox } from "../index";
import { aClient, answerOf, aSandbox, consent, NOW, RETURN_URL, token, userNamed } from "../test-client";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await aSandbox();
});
afterAll(() => sandbox.close());

const authorizeUrl = (change: Record<string, string | undefined> = {}) => {
  const query = new URLSearchParams({
    client_id: sandbox.clientId,
    scope: "advertising::campaign_management",
    response_type: "code",
    redirect_uri: RETURN_URL,
    state: "s1",
  });
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  }
  return `${sandbox.urls.NA}/ap/oa?${query}`;
};

const codeFor = async (fields: Record<string, string> = {}) =>
  (await consent(sandbox, fields)).searchParams.get("code") ?? "";

const exchange = (code: string, fields: Record<string, string> = {}) =>
  token(sandbox, { grant_type: "authorization_code", code, redirect_uri: RETURN_URL, ...fields });

const freshRefreshToken = async () => (await exchange(await codeFor())).json.refresh_token as string;

const tokenCall = async (body: string, headers: Record<string, string> = {}) =>
  answerOf(
    await fetch(`${sandbox.urls.NA}/auth/o2/token`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded;charset=UTF-8", ...headers },
      body,
    }),
  );

test("the consent page offers the Amazon users and both answers", async () => {
  const page = await answerOf(await fetch(authorizeUrl()));
  expect(page.status).toBe(200);
  expect(page.headers.get("content-type")).toContain("text/html");
  for (const piece of ['id="allow"', 'id="deny"', 'name="user"', "Ava Brandt", "Ben Ortiz", "Chloe Weiss"]) {
    expect(page.text).toContain(piece);
  }
});

test("parameters cannot break out of the consent page", async () => {
  const page = await answerOf(await fetch(authorizeUrl({ state: '"><script>alert(1)</script>' })));
  expect(page.text).not.toContain("<script>");
});

test("allowing sends back a code, the scope and the state", async () => {
  const target = await consent(sandbox, { state: "a b&c" });
  expect(target.href.startsWith(`${RETURN_URL}?`)).toBe(true);
  expect(target.searchParams.get("scope")).toBe("advertising::campaign_management profile");
  expect(target.searchParams.get("state")).toBe("a b&c");
  expect(target.searchParams.get("code")).toMatch(/^[\w-]{20}$/);
});

test("cancelling sends back access_denied and the state", async () => {
  const target = await consent(sandbox, { decision: "deny", state: "s2" });
  expect(target.searchParams.get("error")).toBe("access_denied");
  expect(target.searchParams.get("state")).toBe("s2");
  expect(target.searchParams.get("code")).toBeNull();
});

test.each([
  ["an unknown client", { client_id: "amzn1.application-oa2-client.nobody" }],
  ["a return URL that was never registered", { redirect_uri: "https://evil.example/cb" }],
  ["a return URL that differs by a slash", { redirect_uri: `${RETURN_URL}/` }],
])("%s gets an error page and no redirect", async (_name, change) => {
  const response = await fetch(authorizeUrl(change), { redirect: "manual" });
  expect(response.status).toBe(400);
  expect(response.headers.get("location")).toBeNull();
});

test.each([
  ["invalid_request", { scope: undefined }],
  ["invalid_request", { response_type: undefined }],
  ["unsupported_response_type", { response_type: "token" }],
  ["invalid_scope", { scope: "advertising::everything" }],
  ["invalid_request", { code_challenge: "x", code_challenge_method: "S512" }],
])("a wrong authorize request goes back as %s", async (error, change) => {
  const response = await fetch(authorizeUrl(change), { redirect: "manual" });
  const target = new URL(response.headers.get("location") ?? "");
  expect([target.searchParams.get("error"), target.searchParams.get("state")]).toEqual([error, "s1"]);
});

test("a code gives an access token for an hour and a refresh token that does not rotate", async () => {
  const first = await exchange(await codeFor());
  expect(first.status).toBe(200);
  expect(first.json).toEqual({
    access_token: expect.stringMatching(/^Atza\|/),
    refresh_token: expect.stringMatching(/^Atzr\|/),
    token_type: "bearer",
    expires_in: 3600,
  });
  const second = await token(sandbox, { grant_type: "refresh_token", refresh_token: first.json.refresh_token });
  expect(second.json.refresh_token).toBe(first.json.refresh_token);
  expect(second.json.access_token).not.toBe(first.json.access_token);
});

test("the client may authenticate with Basic", async () => {
  const basic = Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString("base64");
  const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: await freshRefreshToken() });
  expect((await tokenCall(body.toString(), { authorization: `Basic ${basic}` })).status).toBe(200);
});

test("a code works once and for five minutes", async () => {
  const code = await codeFor();
  expect((await exchange(code)).status).toBe(200);
  expect((await exchange(code)).json.error).toBe("invalid_grant");
  const late = await codeFor();
  sandbox.control.clock.set({ advanceSeconds: 300 });
  const refused = await exchange(late);
  sandbox.control.clock.set({ now: NOW });
  expect([refused.status, refused.json.error]).toEqual([400, "invalid_grant"]);
});

test("PKCE holds with S256, with plain, and with plain by default", async () => {
  const verifier = "a-verifier-of-sufficient-length-for-pkce-0123456789";
  const s256 = createHash("sha256").update(verifier).digest("base64url");
  const asked: Record<string, string>[] = [
    { code_challenge: s256, code_challenge_method: "S256" },
    { code_challenge: verifier, code_challenge_method: "plain" },
    { code_challenge: verifier },
  ];
  for (const challenge of asked) {
    expect((await exchange(await codeFor(challenge), { code_verifier: verifier })).status).toBe(200);
    const wrong = await exchange(await codeFor(challenge), { code_verifier: `${verifier}x` });
    expect([wrong.status, wrong.json.error]).toEqual([400, "invalid_grant"]);
    const missing = await exchange(await codeFor(challenge));
    expect([missing.status, missing.json.error]).toEqual([400, "invalid_request"]);
  }
});

test("every token error has its status and code", async () => {
  const refresh_token = await freshRefreshToken();
  const [main, limited] = sandbox.control.world().clients;
  const good = { grant_type: "refresh_token", refresh_token };
  const outcome = async (fields: Record<string, string>) => {
    const answer = await token(sandbox, fields);
    return [answer.status, answer.json.error, typeof answer.json.error_description];
  };
  expect(await outcome({ ...good, refresh_token: "Atzr|nobody" })).toEqual([400, "invalid_grant", "string"]);
  expect(await outcome({ grant_type: "refresh_token" })).toEqual([400, "invalid_request", "string"]);
  expect(await outcome({ refresh_token })).toEqual([400, "invalid_request", "string"]);
  expect(await outcome({ ...good, client_secret: "wrong" })).toEqual([401, "invalid_client", "string"]);
  expect(await outcome({ ...good, client_id: "unknown" })).toEqual([401, "invalid_client", "string"]);
  expect(await outcome({ ...good, grant_type: "password" })).toEqual([400, "unsupported_grant_type", "string"]);
  expect(
    await outcome({ ...good, client_id: limited?.clientId ?? "", client_secret: limited?.clientSecret ?? "" }),
  ).toEqual([400, "unauthorized_client", "string"]);
  const foreign = { client_id: limited?.clientId ?? "", client_secret: limited?.clientSecret ?? "" };
  expect((await exchange(await codeFor(), foreign)).json.error).toBe("invalid_grant");
  expect((await exchange(await codeFor(), { redirect_uri: `${RETURN_URL}2` })).json.error).toBe("invalid_grant");
  const twice = `grant_type=refresh_token&refresh_token=a&refresh_token=b&client_id=${main?.clientId}&client_secret=x`;
  expect((await tokenCall(twice)).json.error).toBe("invalid_request");
  expect((await tokenCall("{}", { "content-type": "application/json" })).json.error).toBe("invalid_request");
});

test("a revoked grant ends its tokens at once, and says that consent is needed", async () => {
  const client = await aClient(sandbox);
  expect((await client.get("/v2/profiles")).status).toBe(200);
  expect(sandbox.control.revoke({ refreshToken: client.refreshToken })).toBe(1);
  expect((await client.get("/v2/profiles")).status).toBe(401);
  const refused = await token(sandbox, { grant_type: "refresh_token", refresh_token: client.refreshToken });
  expect(refused.json).toEqual({
    error: "invalid_grant",
    error_description:
      "The request has an invalid grant parameter : refresh_token. User may have revoked or didn't grant the permission.",
  });
});

test("an access token dies after an hour of the sandbox's clock", async () => {
  const client = await aClient(sandbox);
  sandbox.control.clock.set({ advanceSeconds: 3599 });
  expect((await client.get("/v2/profiles")).status).toBe(200);
  sandbox.control.clock.set({ advanceSeconds: 1 });
  const refused = await client.get("/v2/profiles");
  sandbox.control.clock.set({ now: NOW });
  expect([refused.status, refused.json.code]).toEqual([401, "UNAUTHORIZED"]);
});

test("the user profile is for tokens with the scope profile", async () => {
  const client = await aClient(sandbox);
  expect((await client.get("/user/profile")).json).toMatchObject({
    user_id: userNamed(sandbox, "Ava"),
    name: "Ava Brandt",
  });
  const code = await codeFor({ scope: "advertising::campaign_management" });
  const bare = (await exchange(code)).json.access_token as string;
  const response = await fetch(`${sandbox.urls.EU}/user/profile`, { headers: { "x-amz-access-token": bare } });
  expect(response.status).toBe(403);
});
