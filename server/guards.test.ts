import { once } from "node:events";
import { type IncomingMessage, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { expect, test } from "vitest";
import { largestBody, limitBody, sameOrigin } from "./guards";

const own = "https://tidemark.example.com";
const brandHost = "reports.client.example";
const domains = {
  find: async (host: string) => (host === brandHost ? { host, agencyId: "an agency", brandId: "a brand" } : null),
};

async function answerTo(headers: Record<string, string | number>, method = "POST"): Promise<number | undefined> {
  const app = express();
  app.use(limitBody, sameOrigin(own, domains));
  app.all("*", (_request, response) => void response.sendStatus(204));
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const { port } = server.address() as AddressInfo;
    const request = send({ host: "127.0.0.1", port, method, headers });
    request.flushHeaders();
    const [response] = (await once(request, "response")) as [IncomingMessage];
    request.destroy();
    return response.statusCode;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("a body beyond the cap is refused before it is read", async () => {
  expect(await answerTo({ origin: own, "content-length": largestBody + 1 })).toBe(413);
  expect(await answerTo({ origin: own, "content-length": largestBody })).toBe(204);
});

test("a body of unknown length is refused", async () => {
  expect(await answerTo({ origin: own, "transfer-encoding": "chunked" })).toBe(411);
});

test("a change that comes from another site, or from nowhere, is refused; reading is not", async () => {
  expect(await answerTo({ origin: "https://evil.example", "content-length": 0 })).toBe(403);
  expect(await answerTo({ "content-length": 0 })).toBe(403);
  expect(await answerTo({ origin: own, "content-length": 0 })).toBe(204);
  expect(await answerTo({}, "GET")).toBe(204);
});

test("under a client's own host a change must come from that host, and elsewhere never from it", async () => {
  const client = `https://${brandHost}`;
  expect(await answerTo({ host: brandHost, origin: client, "content-length": 0 })).toBe(204);
  expect(await answerTo({ host: brandHost, origin: own, "content-length": 0 })).toBe(403);
  expect(await answerTo({ host: "tidemark.example.com", origin: client, "content-length": 0 })).toBe(403);
  expect(await answerTo({ host: "other.example", origin: "https://other.example", "content-length": 0 })).toBe(403);
});
