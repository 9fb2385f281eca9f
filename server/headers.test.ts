import { once } from "node:events";
import type { AddressInfo } from "node:net";
import express from "express";
import { expect, test } from "vitest";
import { keepPrivate } from "./headers";

test("a page is kept by no cache, fetched-ahead data by none but the browser's, and what says its own stays so", async () => {
  const app = express();
  app.use(keepPrivate);
  app.get("/page", (_request, response) => void response.send("secret"));
  app.get("/theme.css", (_request, response) => void response.set("cache-control", "public, max-age=60").end());
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const cachingOf = async (path: string) =>
    (await fetch(`http://127.0.0.1:${port}${path}`)).headers.get("cache-control");
  try {
    expect(await cachingOf("/page")).toBe("no-store");
    expect(await cachingOf("/page?_data=routes%2Fpage")).toBe("private, no-cache");
    expect(await cachingOf("/theme.css")).toBe("public, max-age=60");
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
