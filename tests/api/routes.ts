// Every address of the product, read from the lists that serve it, with every field that takes an id.
import { z } from "zod";
import { routes as appRoutes } from "../../app/routes.mjs";
import { listOperations } from "../../server/api/lists/operations";
import { resources } from "../../server/api/resources";
import type { Command } from "../../server/core/command";
import type { Permission } from "../../server/core/context";

/** A command, or an operation on many records. */
type Writes = { spec: Pick<Command["spec"], "name" | "permission" | "input"> };

/** One operation of the REST API. */
export interface Call {
  /** `PATCH /api/v1/brands/:id` */
  route: string;
  method: string;
  /** What follows /api/v1/; the record's id goes in the place of `:id`. */
  path: string;
  resource: string;
  permission: Permission;
  command: Writes | null;
  /** Fields of the body, or filters of the list, that take ids of records. */
  fields: string[];
}

const takesId = (field: string) => /(^ids?$|Ids?$)/.test(field) && field !== "requestId";

export const calls: Call[] = resources.flatMap((resource) => {
  const { name } = resource;
  const call = (method: string, path: string, rest: Pick<Call, "permission" | "command" | "fields">): Call => ({
    route: `${method} /api/v1/${path}`,
    method,
    path,
    resource: name,
    ...rest,
  });
  const read = (path: string, permission?: Permission, fields: string[] = []) =>
    permission ? [call("GET", path, { permission, command: null, fields })] : [];
  const write = (method: string, path: string, command?: Writes | null) =>
    command
      ? [
          call(method, path, {
            permission: command.spec.permission,
            command,
            fields: idFields(command.spec.input, path),
          }),
        ]
      : [];
  const filters = Object.keys(resource.list?.filter ?? {}).filter((field) => takesId(field));
  const many = listOperations(resource);
  return [
    ...read(`${name}/export`, resource.list?.permission),
    ...write("POST", `${name}/bulk`, many.bulk),
    ...write("POST", `${name}/import`, many.import),
    ...write("PATCH", name, many.change),
    ...read(name, resource.list?.permission, filters),
    ...read(`${name}/:id`, resource.get?.permission),
    ...write("POST", name, resource.create),
    ...write("PATCH", `${name}/:id`, resource.update),
    ...write("DELETE", `${name}/:id`, resource.remove),
    ...Object.entries(resource.actions ?? {}).flatMap(([action, command]) =>
      write("POST", `${name}/:id/${action}`, command),
    ),
    ...Object.entries(resource.collectionActions ?? {}).flatMap(([action, command]) =>
      write("POST", `${name}/${action}`, command),
    ),
  ];
});

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  format?: string;
}

/** Paths of the fields that take ids, such as `roles.*.brandId`. The id in the address is not one of them. */
function idFields(input: z.ZodType, path: string): string[] {
  const schema = z.toJSONSchema(input, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const found = new Set<string>();
  const walk = (part: JsonSchema, at: string[]) => {
    const field = at.filter((step) => step !== "*").at(-1);
    if (field && (part.format === "uuid" || takesId(field)) && !part.properties) found.add(at.join("."));
    for (const [key, inner] of Object.entries(part.properties ?? {})) walk(inner, [...at, key]);
    if (part.items) walk(part.items, [...at, "*"]);
    for (const choice of [...(part.anyOf ?? []), ...(part.oneOf ?? []), ...(part.allOf ?? [])]) walk(choice, at);
  };
  walk(schema, []);
  const paths = [...found].filter((one) => !(path.includes(":id") && one === "id"));
  // A list and its elements are one field.
  return paths.filter((one) => !paths.includes(`${one}.*`));
}

export interface Page {
  /** `GET /brands/:id` */
  route: string;
  path: string;
  /** Shown to those who are signed in. */
  signedIn: boolean;
}

/** Every page and every other address that the app answers. */
export const pages: Page[] = readPages();

function readPages(): Page[] {
  const found: Page[] = [];
  let inside = false;
  // biome-ignore lint/suspicious/noExplicitAny: Remix's own callback type has more than is needed here
  const route: any = (path: string, _file: string, third?: { id?: string } | (() => void), fourth?: () => void) => {
    const nested = typeof third === "function" ? third : fourth;
    if (!nested) {
      found.push({ route: `GET /${path}`, path: `/${path}`, signedIn: inside });
      return;
    }
    inside = true;
    nested();
    inside = false;
  };
  // biome-ignore lint/suspicious/noExplicitAny: the same
  appRoutes((define: any) => define(route));
  return found;
}
