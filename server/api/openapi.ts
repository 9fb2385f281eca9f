// The OpenAPI 3.1 document, made from the resource list and the schemas that validate.
import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { Command } from "../core/command";
import type { FilterKind, Resource } from "../core/resource";
import { resources } from "./resources";

const ErrorBody = z
  .object({
    message: z.string(),
    statusCode: z.number().int(),
    code: z.string(),
    remedy: z.string().optional(),
    errors: z.record(z.string(), z.string()).optional(),
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
  "429": failure("Too many requests"),
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
    components: { securitySchemes: { session: { type: "apiKey", in: "cookie", name: "tidemark_session" } } },
    security: [{ session: [] }],
  });
  return made;
}

function pathsOf(resource: Resource): ZodOpenApiPathsObject {
  const { name } = resource;
  const one = { path: z.object({ id: z.string() }) };
  const paths: ZodOpenApiPathsObject = {
    [`/${name}`]: {
      ...(resource.list ? { get: listOperation(resource) } : {}),
      ...(resource.create ? { post: commandOperation(resource, resource.create, "201") } : {}),
    },
    [`/${name}/{id}`]: {
      ...(resource.get ? { get: getOperation(resource) } : {}),
      ...(resource.update ? { patch: { ...commandOperation(resource, resource.update), requestParams: one } } : {}),
      ...(resource.remove ? { delete: { ...commandOperation(resource, resource.remove), requestParams: one } } : {}),
    },
  };
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
    description: `${resource.description} Needs ${spec?.permission}.`,
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

/** The id travels in the path. */
const bodyOf = (input: z.ZodType): z.ZodType =>
  input instanceof z.ZodObject && "id" in input.shape ? input.omit({ id: true }) : input;
