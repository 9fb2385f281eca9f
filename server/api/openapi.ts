// The OpenAPI 3.1 document, made from the resource list and the schemas that validate.
import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { Command } from "../core/command";
import type { FilterKind, Resource } from "../core/resource";
import { neverForKeys } from "../workspace/key-contract";
import { describeResource } from "./describe";
import { BulkAnswer, ChangeAnswer, ImportAnswer } from "./lists/contract";
import type { Operation } from "./lists/operation";
import { listOperations } from "./lists/operations";
import { resources } from "./resources";

const ErrorBody = z
  .object({
    message: z.string(),
    statusCode: z.number().int(),
    code: z.string(),
    remedy: z.string().optional(),
    errors: z.record(z.string(), z.string()).optional(),
    present: z.looseObject({}).optional().meta({ description: "Of a conflict: the record as it is now" }),
    requestId: z.string(),
  })
  .meta({ id: "Error", description: "What went wrong, which field, and what to do." });

const failure = (description: string) => ({ description, content: { "application/json": { schema: ErrorBody } } });
const failures = {
  "400": failure("A parameter or the body is malformed"),
  "401": failure("Not signed in"),
  "403": failure("The permission is missing"),
  "404": failure("Not found"),
  "422": failure("A field is not valid"),
  "429": {
    ...failure("Too many requests; RateLimit and RateLimit-Policy on every answer say how many are left"),
    headers: z.object({ "retry-after": z.string(), ratelimit: z.string(), "ratelimit-policy": z.string() }),
  },
};

let made: ReturnType<typeof createDocument> | undefined;

export function openApiDocument(publicUrl: string): object {
  made ??= createDocument({
    openapi: "3.1.1",
    info: {
      title: "Tidemark API",
      version: "1",
      description:
        "Ids are strings. Money is an integer count of micros (1/1,000,000) of the currency beside it, as a string. Days are YYYY-MM-DD in the account's zone; moments are ISO 8601 in UTC.",
    },
    servers: [{ url: `${publicUrl}/api/v1` }],
    paths: Object.assign({}, ...resources.map(pathsOf)),
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "tidemark_session" },
        key: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "tdmk_live_…",
          description: "An API key, made on the page API keys. It may at most what its owner may at that moment.",
        },
      },
    },
    security: [{ session: [] }, { key: [] }],
  });
  return made;
}

function pathsOf(resource: Resource): ZodOpenApiPathsObject {
  const { name } = resource;
  const many = listOperations(resource);
  const one = { path: z.object({ id: z.string() }) };
  const paths: ZodOpenApiPathsObject = {
    [`/${name}`]: {
      ...(many.change ? { patch: manyOperation(resource, many.change) } : {}),
      ...(resource.list ? { get: listOperation(resource) } : {}),
      ...(resource.create ? { post: commandOperation(resource, resource.create, "201") } : {}),
    },
    [`/${name}/{id}`]: {
      ...(resource.get ? { get: getOperation(resource) } : {}),
      ...(resource.update ? { patch: { ...commandOperation(resource, resource.update), requestParams: one } } : {}),
      ...(resource.remove ? { delete: { ...commandOperation(resource, resource.remove), requestParams: one } } : {}),
    },
  };
  if (resource.list) paths[`/${name}/export`] = { get: exportOperation(resource) };
  if (many.bulk) paths[`/${name}/bulk`] = { post: manyOperation(resource, many.bulk) };
  if (many.import) paths[`/${name}/import`] = { post: manyOperation(resource, many.import) };
  for (const [action, command] of Object.entries(resource.actions ?? {})) {
    paths[`/${name}/{id}/${action}`] = { post: { ...commandOperation(resource, command), requestParams: one } };
  }
  for (const [action, command] of Object.entries(resource.collectionActions ?? {})) {
    paths[`/${name}/${action}`] = { post: commandOperation(resource, command) };
  }
  return Object.fromEntries(Object.entries(paths).filter(([, path]) => Object.keys(path).length > 0));
}

function listOperation(resource: Resource): ZodOpenApiOperationObject {
  const spec = resource.list;
  return {
    operationId: `list-${resource.name}`,
    summary: `List: ${resource.title}`,
    ...peopleOnly(spec?.permission),
    description: `${resource.description} Needs ${spec?.permission}. Fields: ${fieldWords(resource)}.`,
    tags: [resource.name],
    requestParams: { query: z.object(listParameters(resource)) },
    responses: {
      "200": {
        description: "The rows of the window; x-total-count says how many match.",
        headers: z.object({ "x-total-count": z.string() }),
        content: { "application/json": { schema: z.array(resource.item) } },
      },
      ...failures,
    },
  };
}

/** The names people see, so that a column on the screen is found in the document. */
const fieldWords = (resource: Resource): string =>
  describeResource(resource)
    .fields.map(({ key, label, kind }) => `${key} (${label}, ${kind})`)
    .join(", ");

function listParameters(resource: Resource): Record<string, z.ZodType> {
  const spec = resource.list;
  const shape: Record<string, z.ZodType> = {
    _start: z.string().optional().meta({ description: "Offset of the first row, from 0" }),
    _end: z.string().optional().meta({ description: "Offset after the last row; at most 200 rows" }),
  };
  if (spec && spec.sort.length > 0) {
    shape._sort = z.enum(spec.sort as [string, ...string[]]).optional();
    shape._order = z.enum(["asc", "desc"]).optional();
  }
  if (spec?.search) shape.q = z.string().max(200).optional().meta({ description: "Free text" });
  for (const [field, kind] of Object.entries(spec?.filter ?? {})) shape[field] = filterSchema(kind).optional();
  return shape;
}

function filterSchema(kind: FilterKind): z.ZodType {
  if (typeof kind !== "string") return z.enum(kind as [string, ...string[]]);
  return z.string().meta({ description: kind === "date" ? "Also as _gte and _lte" : `A ${kind}` });
}

function getOperation(resource: Resource): ZodOpenApiOperationObject {
  return {
    operationId: `get-${resource.name}`,
    summary: `Read: ${resource.title}`,
    ...peopleOnly(resource.get?.permission),
    description: `${resource.description} Needs ${resource.get?.permission}.`,
    tags: [resource.name],
    requestParams: { path: z.object({ id: z.string() }) },
    responses: {
      "200": { description: resource.title, content: { "application/json": { schema: resource.item } } },
      ...failures,
    },
  };
}

function commandOperation(
  resource: Resource,
  command: Command,
  status: "200" | "201" = "200",
): ZodOpenApiOperationObject {
  const { input, name, permission } = command.spec;
  return {
    operationId: name.replaceAll(".", "-"),
    summary: name,
    ...peopleOnly(permission),
    description: `Needs ${permission}.`,
    tags: [resource.name],
    requestBody: { content: { "application/json": { schema: bodyOf(input) } } },
    responses: {
      [status]: { description: "Done", content: { "application/json": { schema: z.looseObject({}) } } },
      ...failures,
      "409": failure("The record changed meanwhile"),
    },
  };
}

function manyOperation(resource: Resource, { spec }: Pick<Operation, "spec">): ZodOpenApiOperationObject {
  const answer = { bulk: BulkAnswer, change: ChangeAnswer, import: ImportAnswer }[spec.name.split(".")[1] ?? ""];
  return {
    operationId: spec.name.replaceAll(".", "-"),
    summary: spec.name,
    description: `Many records at once, with an answer for each. Needs ${spec.permission}.`,
    tags: [resource.name],
    requestBody: { content: { "application/json": { schema: spec.input } } },
    responses: {
      "207": {
        description: "One result a record",
        content: { "application/json": { schema: answer ?? z.object({}) } },
      },
      ...failures,
      "409": failure("The list changed meanwhile"),
    },
  };
}

function exportOperation(resource: Resource): ZodOpenApiOperationObject {
  const { _start, _end, ...parameters } = listParameters(resource);
  const columns = z.string().optional().meta({ description: "Keys of fields, joined by commas" });
  return {
    operationId: `export-${resource.name}`,
    summary: `Export: ${resource.title}`,
    description: `All rows that match, as CSV: dates in ISO 8601, money in units of its currency. Needs ${resource.list?.permission}.`,
    tags: [resource.name],
    requestParams: { query: z.object({ ...parameters, _columns: columns }) },
    responses: { "200": { description: "The file", content: { "text/csv": { schema: z.string() } } }, ...failures },
  };
}

/** What no key may do asks for a session. */
const peopleOnly = (permission: string | undefined): Pick<ZodOpenApiOperationObject, "security"> =>
  permission && neverForKeys.includes(permission) ? { security: [{ session: [] }] } : {};

/** The id travels in the path. */
const bodyOf = (input: z.ZodType): z.ZodType =>
  input instanceof z.ZodObject && "id" in input.shape ? input.omit({ id: true }) : input;
