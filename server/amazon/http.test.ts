import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test, vi } from "vitest";
import { json, scriptedAmazon, startOfTime } from "../../tests/support/scripted-amazon";
import { createLog } from "../core/log";
import { type AmazonError, asCaller, createAmazon } from "./index";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await new Promise((done) => server.once("listening", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function against(origin: string) {
  const hosts = { authorizeUrl: `${origin}/ap/oa`, tokenUrl: `${origin}/auth/o2/token`, apiUrl: origin };
  const log = createLog("silent");
  const timeouts = { callMs: 150, tokenMs: 100 };
  const options = { clientId: "c", clientSecret: "s", clock: () => new Date(), log, timeouts };
  return createAmazon({ ...options, hosts: { NA: hosts, EU: hosts, FE: hosts } });
}

const access = { region: "NA", accessToken: "Atza|canary" } as const;
const caught = (work: Promise<unknown>) => work.then(() => undefined).catch((error: AmazonError) => error);

async function readAll(rows: AsyncIterable<{ rows: unknown[] }>): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const batch of rows) all.push(...batch.rows);
  return all;
}

test.each<[string, RequestListener]>([
  ["never answers", () => {}],
  ["sends headers and then nothing", (_, response) => response.writeHead(200).write("[")],
  ["drops the connection", (request) => request.socket.destroy()],
  [
    "drops it in the middle of the body",
    (_, response) => response.writeHead(200).write("[", () => response.socket?.destroy()),
  ],
  ["answers 502 with HTML", (_, response) => response.writeHead(502).end("<html/>")],
])("a host that %s is unavailable", async (_, listener) => {
  const amazon = against(await serve(listener));
  expect((await caught(amazon.accounts.listProfiles(access)))?.kind).toBe("unavailable");
  expect((await caught(amazon.lwa.refresh({ region: "NA", refreshToken: "Atzr|canary" })))?.kind).toBe("unavailable");
});

test("a closed port is unavailable, and the message says no more than the cause", async () => {
  const origin = await serve(() => {});
  await new Promise((done) => servers.pop()?.close(done));
  const error = await caught(against(origin).accounts.listProfiles(access));
  expect(error?.kind).toBe("unavailable");
  expect(error?.message).toContain("ECONNREFUSED");
  expect(error?.message).not.toContain("127.0.0.1");
});

test("a drip-fed body is cut off by the time-out of the whole call", async () => {
  const drips: NodeJS.Timeout[] = [];
  const origin = await serve((_, response) => {
    response.writeHead(200);
    drips.push(setInterval(() => response.write(" "), 20));
  });
  const error = await caught(against(origin).accounts.listProfiles(access));
  for (const drip of drips) clearInterval(drip);
  expect(error?.kind).toBe("unavailable");
});

test("the caller's abort ends the call with the caller's own reason", async () => {
  const amazon = against(await serve(() => {}));
  const controller = new AbortController();
  const call = amazon.accounts.listProfiles({ ...access, signal: controller.signal });
  const reason = new Error("shutting down");
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
  await expect(amazon.accounts.listProfiles({ ...access, signal: controller.signal })).rejects.toBe(reason);
});

test("an answer without end is cut at the size cap", async () => {
  const origin = await serve((_, response) => {
    const block = Buffer.alloc(1 << 20, " ");
    const more = () => {
      while (!response.destroyed && response.write(block));
    };
    response.on("drain", more);
    response.writeHead(200);
    more();
  });
  const log = createLog("silent");
  const hosts = { authorizeUrl: origin, tokenUrl: origin, apiUrl: origin };
  const options = { clientId: "c", clientSecret: "s", clock: () => new Date(), log };
  const amazon = createAmazon({ ...options, hosts: { NA: hosts, EU: hosts, FE: hosts } });
  expect((await caught(amazon.accounts.listProfiles(access)))?.message).toContain("larger than");
});

test("answers are asked for in zipped form, and read in whichever they come", async () => {
  const asked: unknown[] = [];
  const zipped = { "content-encoding": "gzip", "content-type": "application/json" };
  const origin = await serve((request, response) => {
    asked.push(request.headers["accept-encoding"]);
    if (asked.length === 1) response.writeHead(200, zipped).end(gzipSync("[]"));
    else if (asked.length === 2) response.writeHead(200).end("[]");
    else if (asked.length === 3) response.writeHead(400, zipped).end(gzipSync(JSON.stringify({ message: "said so" })));
    else response.writeHead(400, zipped).end();
  });
  const amazon = against(origin);
  expect(await amazon.accounts.listProfiles(access)).toEqual([]);
  expect(await amazon.accounts.listProfiles(access)).toEqual([]);
  expect(await caught(amazon.accounts.listProfiles(access))).toMatchObject({ kind: "rejected", details: "said so" });
  expect(await caught(amazon.accounts.listProfiles(access))).toMatchObject({ kind: "rejected" });
  expect(asked).toEqual(Array(4).fill("gzip"));
});

test("a redirect of an API call is not followed with the token", async () => {
  const { amazon, sent } = scriptedAmazon(
    new Response(null, { status: 307, headers: { location: "https://evil.example" } }),
  );
  expect((await caught(amazon.accounts.listProfiles(access)))?.kind).toBe("unexpected_shape");
  expect(sent).toHaveLength(1);
});

test("200 with HTML, an empty body or another shape is an unexpected shape", async () => {
  for (const body of ["<html>maintenance</html>", "", "{}", '[{"profileId":{}}]']) {
    const { amazon } = scriptedAmazon(new Response(body));
    expect((await caught(amazon.accounts.listProfiles(access)))?.kind).toBe("unexpected_shape");
  }
});

test("each call is told to the ledger once, without query, headers or body", async () => {
  const { amazon, records } = scriptedAmazon(
    json({ totalResults: 0, response: [] }, 200, { "x-amzn-requestid": "req-7" }),
    json({ message: "Too Many Requests" }, 429),
  );
  const input = { ...access, profileId: "1" };
  await amazon.accounts.listAdvertisers(input);
  await caught(amazon.accounts.listAdvertisers(input));
  await caught(amazon.accounts.listAdvertisers(input));
  const call = {
    at: startOfTime,
    region: "NA",
    operation: "accounts.listAdvertisers",
    method: "GET",
    path: "/dsp/advertisers",
    durationMs: expect.any(Number),
  };
  expect(records).toEqual([
    { ...call, status: 200, requestId: "req-7" },
    { ...call, status: 429, error: "throttled", message: "Amazon is limiting requests (accounts.listAdvertisers)." },
  ]);
});

test("the ledger is told on whose behalf a call was made", async () => {
  const callers: unknown[] = [];
  const { amazon } = scriptedAmazon({ onCall: (_, caller) => callers.push(caller) }, json([]));
  const job = { agencyId: "a1", origin: "insights.request-report", priority: "backfill" } as const;
  const inner = { agencyId: "a1", connectionId: "c1", origin: "person: Ada", priority: "person" } as const;
  await asCaller({ ...job, accountId: "n1", brandId: "b1" }, () =>
    asCaller(inner, () => amazon.accounts.listProfiles(access)),
  );
  await amazon.accounts.listProfiles(access);
  expect(callers).toEqual([{ ...job, connectionId: "c1", accountId: "n1", brandId: "b1" }, undefined]);
});

test("a 429 for one account does not hold the calls of another", async () => {
  const { amazon } = scriptedAmazon(json({}, 429), json({ totalResults: 0, response: [] }));
  const ask = (profileId: string) => amazon.accounts.listAdvertisers({ ...access, profileId });
  expect(await caught(ask("1"))).toMatchObject({ kind: "throttled", held: false });
  expect(await caught(ask("1"))).toMatchObject({ kind: "throttled", held: true });
  expect(await ask("2")).toEqual([]);
});

test("what Amazon repeats of our secrets reaches no error and no record", async () => {
  const said = {
    error: "invalid_request",
    error_description: "client_secret secret-of-the-client and code ANcode123 do not fit",
  };
  const { amazon, records, logged } = scriptedAmazon(json(said, 400));
  const code = {
    region: "EU",
    code: "ANcode123",
    redirectUri: "https://x.example",
    codeVerifier: "verifier-123",
  } as const;
  const error = await caught(amazon.lwa.exchangeCode(code));
  for (const text of [error?.message, JSON.stringify(error), JSON.stringify(records), logged()]) {
    expect(text).not.toMatch(/secret-of-the-client|ANcode123|verifier-123/);
  }
  expect(records[0]?.message).toContain("[redacted]");
});

test("after a 429 the next call is held here, and goes out when the time is over", async () => {
  const { amazon, sent, moveClock } = scriptedAmazon(json({ message: "Too Many Requests" }, 429), json([]));
  expect(await caught(amazon.accounts.listProfiles(access))).toMatchObject({ kind: "throttled", held: false });
  expect(await caught(amazon.accounts.listProfiles(access))).toMatchObject({ held: true, retryAfterMs: 30_000 });
  expect(sent).toHaveLength(1);
  moveClock(30_000);
  expect(await amazon.accounts.listProfiles(access)).toEqual([]);
});

test("no secret reaches a log line or an error", async () => {
  const leaky = json({ error: "invalid_grant", error_description: "Atzr|canary is revoked" }, 400);
  const { amazon, logged } = scriptedAmazon(leaky, new TypeError("fetch failed"), json({ access_token: 1 }));
  for (let attempt = 0; attempt < 3; attempt++) {
    const error = await caught(amazon.lwa.refresh({ region: "EU", refreshToken: "Atzr|canary" }));
    expect(`${error?.message} ${error?.stack} ${JSON.stringify(error)}`).not.toContain("canary");
  }
  expect(logged()).toContain("lwa.refresh");
  expect(logged()).not.toMatch(/canary|secret-of-the-client/);
});

test("a download that stalls is unavailable, but a slow reader is not a stall", async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => ({ index, text: "a row of some length" }));
  const file = gzipSync(JSON.stringify(rows));
  const origin = await serve((request, response) => {
    if (request.url === "/stall") response.writeHead(200).write(file.subarray(0, 1000));
    else response.end(file);
  });
  const { download } = against(origin).reporting.v3;
  expect((await caught(readAll(download({ region: "NA", url: `${origin}/stall` }))))?.kind).toBe("unavailable");

  let seen = 0;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    for await (const batch of download({ region: "NA", url: `${origin}/file` })) {
      if (seen === 0) vi.advanceTimersByTime(60_000);
      seen += batch.rows.length;
    }
  } finally {
    vi.useRealTimers();
  }
  expect(seen).toBe(rows.length);
});

test("a reader that stops early ends the download", async () => {
  let closed = () => {};
  const ended = new Promise<void>((done) => {
    closed = done;
  });
  const row = `${JSON.stringify({ text: "x".repeat(1000) })},`;
  const origin = await serve((_, response) => {
    response.on("close", closed);
    response.writeHead(200).write("[");
    const more = () => {
      while (!response.destroyed && response.write(row.repeat(100)));
    };
    response.on("drain", more);
    more();
  });
  for await (const batch of against(origin).reporting.v3.download({ region: "NA", url: origin })) {
    expect(batch.rows.length).toBeGreaterThan(0);
    break;
  }
  await ended;
});
