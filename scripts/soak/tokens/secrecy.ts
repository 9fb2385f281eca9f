// T10: no token, client secret or key anywhere that can be read: logs at their most talkative, tables, pages, API answers.

import { routes } from "../../../app/routes.mjs";
import { resources } from "../../../server/api/resources";
import { check, type Outcome } from "../outcome";
import type { TokenRig } from "./rig";

export async function secrecy(soak: TokenRig): Promise<Outcome> {
  const before = soak.secrets.seen();
  const { owner } = await soak.startServer({ LOG_LEVEL: "trace" });
  await owner.connectAmazon("NA");
  const { faults } = soak.sandbox.control;
  // Amazon's own errors may quote what they were sent.
  const quote = (what: string) => ({
    error: "invalid_request",
    error_description: `the token ${what} is not well formed`,
  });
  faults.add({ path: "lwa.token", times: 2, status: 400, body: quote("Atzr|IwEBquoted-refresh-token") });
  faults.add({
    path: "/v2/profiles",
    times: 1,
    status: 401,
    body: { code: "401", details: "Atza|IwEBquoted-access-token expired" },
  });
  const [connection] = await owner.api<{ id: string }[]>("GET", "connections");
  for (let times = 0; times < 3; times++) {
    await owner.api("POST", `connections/${connection?.id}/renew`);
    await soak.advance(3 * 60_000);
    await soak.settle();
  }
  await owner.api("POST", `connections/${connection?.id}/rediscover`);
  await new Promise((done) => setTimeout(done, 3000));
  const read: string[] = [];
  for (const path of paths(connection?.id ?? "")) {
    const response = await owner.get(path);
    soak.secrets.read(path, `${JSON.stringify([...response.headers])}${await response.text()}`);
    read.push(path);
  }
  await soak.secrets.readDatabase(soak.sql);
  return check(`${read.length} pages and answers, ${Math.round((soak.secrets.seen() - before) / 1000)} KB read`, {
    "no secret seen": soak.secrets.hits.length === 0,
  });
}

/** Every page without a parameter, and every list, with the connection's own page and record. */
function paths(connectionId: string): string[] {
  const pages: string[] = [];
  const walk = (path: string, _file: unknown, third?: unknown, fourth?: unknown) => {
    if (!path.includes(":") && !path.includes("*")) pages.push(`/${path}`);
    for (const nested of [third, fourth]) if (typeof nested === "function") nested();
  };
  // biome-ignore lint/suspicious/noExplicitAny: Remix's own callback type has more than is needed here
  routes((define: (route: any) => void) => define(walk) as any);
  const lists = resources.filter(({ list }) => list).map(({ name }) => `/api/v1/${name}`);
  const own = [
    `/connections/${connectionId}`,
    `/api/v1/connections/${connectionId}`,
    "/api/v1/openapi.json",
    "/healthz",
    "/readyz",
  ];
  return [...new Set([...pages, ...lists, ...own])];
}
