import { expect, test } from "vitest";
import { json, scriptedAmazon, startOfTime } from "../../../tests/support/scripted-amazon";
import type { AmazonError } from "../index";

const good = { access_token: "Atza|new", refresh_token: "Atzr|same", token_type: "bearer", expires_in: 3600 };
const refresh = { region: "EU", refreshToken: "Atzr|same" } as const;
const caught = (work: Promise<unknown>) => work.then(() => undefined).catch((error: AmazonError) => error);

test("a code is exchanged on the region's token host with its verifier and our client", async () => {
  const { amazon, sent } = scriptedAmazon(json(good));
  const redirectUri = "https://tidemark.example/connections/callback/eu";
  const tokens = await amazon.lwa.exchangeCode({ region: "EU", code: "code+1", redirectUri, codeVerifier: "verifier" });
  const sentAt = startOfTime;
  expect(tokens).toEqual({ accessToken: "Atza|new", refreshToken: "Atzr|same", expiresInSeconds: 3600, sentAt });
  expect(sent[0]?.url.href).toBe("https://token.eu.example/auth/o2/token");
  expect(sent[0]?.headers.get("content-type")).toBe("application/x-www-form-urlencoded;charset=UTF-8");
  expect(sent[0]?.headers.has("authorization")).toBe(false);
  expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toEqual({
    grant_type: "authorization_code",
    code: "code+1",
    redirect_uri: redirectUri,
    code_verifier: "verifier",
    client_id: "amzn1.application-oa2-client.test",
    client_secret: "secret-of-the-client",
  });
});

test("a refresh keeps the refresh token, also when the answer leaves it out", async () => {
  const { refresh_token: _, ...without } = good;
  const { amazon, sent } = scriptedAmazon(json(good), json(without));
  expect((await amazon.lwa.refresh(refresh)).refreshToken).toBe("Atzr|same");
  expect((await amazon.lwa.refresh(refresh)).refreshToken).toBe("Atzr|same");
  expect(new URLSearchParams(sent[0]?.body).get("grant_type")).toBe("refresh_token");
});

test("the life of a token counts from when the request was sent, not from when it was answered", async () => {
  const slow = scriptedAmazon(() => {
    slow.moveClock(5000);
    return json(good);
  });
  expect((await slow.amazon.lwa.refresh(refresh)).sentAt).toEqual(startOfTime);
});

const oauth = (error: string) => ({ error, error_description: "said" });

test.each<[string, Response | Error, string]>([
  ["invalid_grant", json(oauth("invalid_grant"), 400), "grant_rejected"],
  ["invalid_client", json(oauth("invalid_client"), 401), "client_rejected"],
  ["unauthorized_client", json(oauth("unauthorized_client"), 400), "client_rejected"],
  ["invalid_request", json(oauth("invalid_request"), 400), "rejected"],
  ["unsupported_grant_type", json(oauth("unsupported_grant_type"), 400), "rejected"],
  ["invalid_scope", json(oauth("invalid_scope"), 400), "rejected"],
  ["an unknown error code", json(oauth("something_new"), 400), "rejected"],
  ["400 with HTML", new Response("<html/>", { status: 400 }), "unexpected_shape"],
  ["401 without a body", new Response(null, { status: 401 }), "unexpected_shape"],
  ["403 of a proxy", new Response("Forbidden", { status: 403 }), "unexpected_shape"],
  ["429 with Retry-After", new Response("", { status: 429, headers: { "retry-after": "5" } }), "throttled"],
  ["429 without it", new Response("<html/>", { status: 429 }), "throttled"],
  ["429 that says invalid_grant", json(oauth("invalid_grant"), 429), "throttled"],
  ["500 that says invalid_grant", json(oauth("invalid_grant"), 500), "unavailable"],
  ["503", new Response("", { status: 503 }), "unavailable"],
  ["a broken connection", new TypeError("fetch failed"), "unavailable"],
  ["200 with HTML", new Response("<html/>"), "unexpected_shape"],
  ["200 without a body", new Response(""), "unexpected_shape"],
  ["200 without a token", json({ token_type: "bearer" }), "unexpected_shape"],
  ["200 with an error", json(oauth("invalid_grant")), "unexpected_shape"],
  ["200 with a life of nothing", json({ ...good, expires_in: 0 }), "unexpected_shape"],
])("%s is told as one class", async (_, answer, kind) => {
  const error = await caught(scriptedAmazon(answer).amazon.lwa.refresh(refresh));
  expect(error?.kind).toBe(kind);
});

test("an exchange that returns no refresh token is an unexpected shape", async () => {
  const { amazon } = scriptedAmazon(json({ access_token: "Atza|x", expires_in: 3600 }));
  const input = { region: "NA", code: "c", redirectUri: "https://x.example", codeVerifier: "v" } as const;
  expect((await caught(amazon.lwa.exchangeCode(input)))?.kind).toBe("unexpected_shape");
});

test("the consent address carries every parameter, encoded so that any decoder reads it", () => {
  const url = scriptedAmazon().amazon.lwa.authorizeUrl({
    region: "FE",
    redirectUri: "https://tidemark.example/connections/callback/fe",
    state: "a+b/c=",
    codeChallenge: "challenge",
    scopes: ["advertising::campaign_management", "profile"],
  });
  expect(url.startsWith("https://consent.fe.example/ap/oa?")).toBe(true);
  expect(url).toContain("scope=advertising%3A%3Acampaign_management%20profile");
  expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
    client_id: "amzn1.application-oa2-client.test",
    scope: "advertising::campaign_management profile",
    response_type: "code",
    redirect_uri: "https://tidemark.example/connections/callback/fe",
    state: "a+b/c=",
    code_challenge: "challenge",
    code_challenge_method: "S256",
  });
});

test("the user's profile is read from the one host it is documented on", async () => {
  const { amazon, sent } = scriptedAmazon(json({ user_id: "amzn1.account.A", name: "Ava", email: null }));
  const user = await amazon.lwa.userProfile({ accessToken: "Atza|x" });
  expect(user).toEqual({ userId: "amzn1.account.A", name: "Ava", email: undefined });
  expect(sent[0]?.url.href).toBe("https://token.na.example/user/profile");
  expect(sent[0]?.headers.get("authorization")).toBe("Bearer Atza|x");
});
