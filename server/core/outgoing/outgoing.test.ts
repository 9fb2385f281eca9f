import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createOutgoing, type Outgoing, type OutgoingOptions } from "./outgoing";

const open: (Server | Outgoing)[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) {
    if ("post" in one) await one.close();
    else await new Promise((done) => one.close(done));
  }
});

/** A real server on the loopback interface. */
async function aServer(listener: RequestListener) {
  const server = createServer(listener);
  let connections = 0;
  server.on("connection", () => connections++);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  open.push(server);
  const { port } = server.address() as AddressInfo;
  return { port, connections: () => connections };
}

function anOutgoing(options: Partial<OutgoingOptions> = {}): Outgoing {
  const outgoing = createOutgoing({ privateHosts: [], ...options });
  open.push(outgoing);
  return outgoing;
}

const call = (url: string, timeoutMs = 2000) => ({ url, headers: { "x-test": "1" }, body: '{"a":1}', timeoutMs });

test.each([
  ["http://hooks.example.com/", "https"],
  ["ftp://hooks.example.com/", "https"],
  ["https://user:pass@hooks.example.com/", "user and password"],
  ["https://127.0.0.1/", "open internet"],
  ["https://2130706433/", "open internet"],
  ["https://0x7f.1/", "open internet"],
  ["https://[::1]/", "open internet"],
  ["https://[::ffff:10.0.0.1]/", "open internet"],
  ["https://169.254.169.254/latest/meta-data", "open internet"],
  ["https://localhost/", "open internet"],
  ["https://a.localhost./", "open internet"],
  ["hooks", "no address"],
])("the address %s cannot be given", async (url, why) => {
  expect(anOutgoing().problemOf(url)).toContain(why);
  expect(await anOutgoing().post(call(url))).toMatchObject({ kind: "blocked" });
});

test("a public https address can be given; a private one where it is named, with its port or for all", () => {
  expect(anOutgoing().problemOf("https://hooks.example.com:8443/path?x=1")).toBeNull();
  expect(anOutgoing({ privateHosts: ["127.0.0.1:9000"] }).problemOf("http://127.0.0.1:9000/")).toBeNull();
  expect(anOutgoing({ privateHosts: ["127.0.0.1:9000"] }).problemOf("http://127.0.0.1:9001/")).not.toBeNull();
  expect(anOutgoing({ privateHosts: ["hooks.internal"] }).problemOf("http://hooks.internal:81/")).toBeNull();
});

test.each([
  ["alone", [{ address: "127.0.0.1", family: 4 }]],
  [
    "among public ones",
    [
      { address: "93.184.216.34", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ],
  ],
])("a name that leads inside, %s, is not connected to", async (_, addresses) => {
  const { port, connections } = await aServer((_request, response) => response.end("secret"));
  const outgoing = anOutgoing({ lookup: (_host, _options, done) => done(null, addresses) });
  const answer = await outgoing.post(call(`https://rebound.example:${port}/`));
  expect(answer).toEqual({
    kind: "blocked",
    note: "rebound.example leads to an address that is not on the open internet.",
  });
  expect(connections()).toBe(0);
});

test("a name is judged anew by what it leads to at each call", async () => {
  const { port, connections } = await aServer((_request, response) => response.end("secret"));
  let asked = 0;
  const outgoing = anOutgoing({
    lookup: (_host, _options, done) =>
      done(null, [{ address: asked++ === 0 ? "192.0.2.1" : "::ffff:127.0.0.1", family: 4 }]),
  });
  for (const _ of [1, 2]) {
    expect(await outgoing.post(call(`https://rebound.example:${port}/`))).toMatchObject({ kind: "blocked" });
  }
  expect(asked).toBe(2);
  expect(connections()).toBe(0);
});

test("what is answered comes back with its status, cut at 4 kB; where it is sent on to is not followed", async () => {
  const seen: string[] = [];
  const { port } = await aServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers["x-test"]}`);
    if (request.url === "/long") response.end("x".repeat(100_000));
    else response.writeHead(302, { location: "http://169.254.169.254/" }).end("elsewhere");
  });
  const outgoing = anOutgoing({ privateHosts: [`127.0.0.1:${port}`] });
  const long = await outgoing.post(call(`http://127.0.0.1:${port}/long`));
  expect(long).toMatchObject({ kind: "answered", status: 200, text: "x".repeat(4096) });
  expect(await outgoing.post(call(`http://127.0.0.1:${port}/moved`))).toEqual({
    kind: "answered",
    status: 302,
    text: "elsewhere",
    location: "http://169.254.169.254/",
  });
  expect(seen).toEqual(["POST /long 1", "POST /moved 1"]);
});

test("no answer in time, and nobody there, are said as such", async () => {
  const { port } = await aServer(() => {});
  const outgoing = anOutgoing({ privateHosts: ["127.0.0.1"] });
  const late = await outgoing.post(call(`http://127.0.0.1:${port}/`, 200));
  expect(late).toEqual({ kind: "silent", note: "There was no answer within 0.2 s." });
  const nobody = await outgoing.post(call("http://127.0.0.1:9/"));
  expect(nobody).toEqual({ kind: "silent", note: "The call did not get through (ECONNREFUSED)." });
});
