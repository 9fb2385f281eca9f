// What all calls of AMC administration and reporting have in common (contracts 5): JSON both ways, the AMC account in the headers.
import { z } from "zod";
import type { Reply } from "../http";
import { readShape } from "../json";
import { type Access, apiUrl, classicHeaders, type Wire } from "../wire";

/** An AMC account as its calls name it: both go into the headers of administration and reporting (contracts 5). */
export interface AmcOwner {
  /** AMC account id, `ENTITY…`. */
  accountId: string;
  marketplaceId: string;
}

/** A call about one instance. */
export interface InstanceAccess extends Access {
  owner: AmcOwner;
  instanceId: string;
}

export interface AmcRequest {
  operation: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  query?: Record<string, string | undefined>;
  body?: object;
  /** Statuses beside 2xx that `read` understands. */
  also?: number[];
}

const ownerHeaders = ({ accountId, marketplaceId }: AmcOwner): Record<string, string> => ({
  "amazon-advertising-api-advertiserid": accountId,
  "amazon-advertising-api-marketplaceid": marketplaceId,
});

/** Only the list of AMC accounts is asked for without an owner. */
export function callAmc<T>(
  wire: Wire,
  { access, request }: { access: Access & { owner?: AmcOwner }; request: AmcRequest },
  read: (reply: Reply) => T,
): Promise<T> {
  const { region, accessToken, owner, signal } = access;
  const { operation, method, path, query, body, also } = request;
  const headers = { ...classicHeaders(wire, accessToken, null), accept: "application/json" };
  return wire.http.call(
    {
      region,
      operation,
      method,
      url: apiUrl(wire, region, path, query),
      headers: {
        ...headers,
        ...(owner ? ownerHeaders(owner) : {}),
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal,
      also,
    },
    read,
  );
}

/** Reads one object: flat, as recorded, or under its name, as in the OpenAPI documents (contracts 5.7). */
export function readOne<T>(schema: z.ZodType<T>, name: string, { body, facts }: Reply): T {
  const wrapped = z.object({ [name]: z.looseObject({}) }).safeParse(body);
  return readShape(schema, wrapped.success ? wrapped.data[name] : body, facts);
}

export const reportingPath = (instanceId: string, rest: string): string =>
  `/amc/reporting/${encodeURIComponent(instanceId)}/${rest}`;

/** A moment as AMC takes it: UTC, without zone or milliseconds. */
export const amcMoment = (moment: Date): string => moment.toISOString().slice(0, 19);
