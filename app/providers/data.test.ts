import type { AxiosAdapter, InternalAxiosRequestConfig } from "axios";
import { AxiosError } from "axios";
import { expect, test } from "vitest";
import { listParamsOf, stringifyQuery, wireQueryOf } from "~/ui/list-params";
import { actionUrl, createDataProvider, createHttp } from "./data";

const answering = (status: number, data: unknown, headers: Record<string, string> = {}) => {
  const seen: InternalAxiosRequestConfig[] = [];
  const http = createHttp();
  const adapter: AxiosAdapter = async (config) => {
    seen.push(config);
    const response = { status, data, headers, config, statusText: "" };
    if (status >= 400) throw new AxiosError("failed", undefined, config, undefined, response);
    return response;
  };
  http.defaults.adapter = adapter;
  return { provider: createDataProvider(http), seen };
};

test("field errors of the API arrive under their fields, with remedy and request id", async () => {
  const body = {
    message: "Two fields need attention.",
    statusCode: 422,
    code: "invalid",
    remedy: "Correct the marked fields.",
    errors: { name: "A brand called Acme exists." },
    requestId: "req-1",
  };
  const { provider } = answering(422, body);
  await expect(provider.create({ resource: "brands", variables: {} })).rejects.toEqual(body);
});

test("an answer that is not ours still says what happened", async () => {
  const { provider } = answering(502, "<html>Bad gateway</html>");
  await expect(provider.getOne({ resource: "brands", id: "1" })).rejects.toMatchObject({
    statusCode: 502,
    message: "The server answered 502.",
  });
});

test("no answer at all is told as such", async () => {
  const http = createHttp();
  http.defaults.adapter = async (config) => {
    throw new AxiosError("Network Error", "ERR_NETWORK", config);
  };
  await expect(createDataProvider(http).getOne({ resource: "brands", id: "1" })).rejects.toMatchObject({
    code: "unreachable",
    statusCode: 0,
  });
});

test("a filter the API does not know is refused instead of becoming equality", async () => {
  const { provider, seen } = answering(200, []);
  const filters = [{ field: "spend", operator: "gt" as const, value: 5 }];
  await expect(provider.getList({ resource: "campaigns", filters })).rejects.toMatchObject({ statusCode: 400 });
  expect(seen).toHaveLength(0);
});

test("an empty list of ids asks for nothing", async () => {
  const { provider, seen } = answering(200, []);
  expect(await provider.getMany?.({ resource: "brands", ids: [] })).toEqual({ data: [] });
  expect(seen).toHaveLength(0);
});

test("the loader's seed asks for the same thing as the table", async () => {
  const state = {
    currentPage: 3,
    pageSize: 50,
    sorters: [{ field: "name", order: "asc" }],
    filters: [
      { field: "q", operator: "contains", value: "café & co" },
      { field: "status", operator: "in", value: ["active", "paused"] },
      { field: "spend", operator: "gte", value: "10" },
      { field: "name", operator: "contains", value: "x" },
    ],
  };
  const params = listParamsOf(`?${stringifyQuery(state)}`);
  const { provider, seen } = answering(200, [], { "x-total-count": "0" });
  await provider.getList({
    resource: "campaigns",
    pagination: params,
    sorters: params.sorters,
    filters: params.filters,
  });
  const sent = new URL(seen[0]?.url ?? "", "http://tidemark.test").searchParams;
  const wire = wireQueryOf(params);
  sent.sort();
  wire.sort();
  expect(sent.toString()).toBe(wire.toString());
});

test("what cannot be read from a list URL counts as the default", () => {
  const defaults = { pageSize: 25, sorters: [{ field: "name", order: "asc" as const }] };
  const params = listParamsOf("?currentPage=-1&pageSize=abc&sorters[0][field]=x&filters[0][operator]=gt", defaults);
  expect(params).toEqual({ currentPage: 1, pageSize: 25, sorters: defaults.sorters, filters: [] });
});

test("the active brand wins over a brand in the filters", () => {
  const state = { filters: [{ field: "brandId", operator: "eq", value: "b1" }] };
  const permanent = [{ field: "brandId", operator: "eq" as const, value: "b2" }];
  expect(listParamsOf(`?${stringifyQuery(state)}`, { permanent }).filters).toEqual(permanent);
});

test("ids are escaped in action URLs", () => {
  expect(actionUrl("accounts", "a/b", "disconnect")).toBe("/api/v1/accounts/a%2Fb/disconnect");
});
