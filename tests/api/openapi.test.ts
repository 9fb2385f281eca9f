import { expect, test } from "vitest";
import { openApiDocument } from "../../server/api/openapi";
import { resources } from "../../server/api/resources";

interface Operation {
  operationId: string;
  responses: Record<string, unknown>;
  security?: object[];
  requestBody?: { content: Record<string, { schema: object }> };
}

const document = openApiDocument("https://tidemark.example.com") as {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: Record<string, object> };
  security: object[];
};
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

test("the document names every resource and where it is served", () => {
  expect(document.openapi).toBe("3.1.1");
  expect(document.servers).toEqual([{ url: "https://tidemark.example.com/api/v1" }]);
  for (const { name } of resources)
    expect(Object.keys(document.paths).some((path) => path.split("/")[1] === name)).toBe(true);
});

test("operation ids are unique, and each says how it may fail", () => {
  const ids = operations.map((operation) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { responses } of operations)
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(["401", "403", "404"]));
});

test("an id that travels in the path is not asked for in the body", () => {
  const rename = document.paths["/brands/{id}"]?.patch;
  expect(JSON.stringify(rename?.requestBody)).toContain('"version"');
  expect(JSON.stringify(rename?.requestBody)).not.toContain('"id"');
});

test("every reference inside the document leads somewhere", () => {
  const text = JSON.stringify(document);
  for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
    expect(text).toContain(`"${name}":{`);
});

test("what a key can do names it, what only a person can does not", () => {
  expect(document.components.securitySchemes.key).toMatchObject({ type: "http", scheme: "bearer" });
  expect(document.security).toContainEqual({ key: [] });
  expect(document.paths["/brands"]?.get?.security).toBeUndefined();
  for (const path of ["/sessions", "/api-keys", "/messages"]) {
    expect(document.paths[path]?.get?.security).toEqual([{ session: [] }]);
  }
});
