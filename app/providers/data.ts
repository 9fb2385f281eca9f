// simple-rest over our own axios: our error body becomes Refine's HttpError, and what the API does not know is refused.
import type { BaseRecord, CrudFilter, DataProvider, HttpError } from "@refinedev/core";
import restProvider from "@refinedev/simple-rest";
import axios, { type AxiosInstance, isAxiosError } from "axios";
import { isKnownOperator } from "~/ui/list-params";

export const API_URL = "/api/v1";

/** Refine's error plus what our API says about it. */
export interface ApiError extends HttpError {
  code: string;
  remedy?: string;
  requestId?: string;
  /** Of a conflict: the record as it is now. */
  present?: BaseRecord;
}

interface ErrorBody {
  message?: string;
  statusCode?: number;
  code?: string;
  remedy?: string;
  errors?: Record<string, string>;
  present?: BaseRecord;
  requestId?: string;
}

const offline: ApiError = {
  message: "The server could not be reached.",
  remedy: "Check your connection, then try again. Nothing was changed.",
  code: "unreachable",
  statusCode: 0,
};

/** Any failure of a request as an ApiError. Field errors land under their fields, everything else in the notice. */
export function toApiError(error: unknown): ApiError {
  if (!isAxiosError(error)) {
    return {
      message: error instanceof Error ? error.message : "The request failed.",
      code: "internal",
      statusCode: 500,
    };
  }
  if (!error.response) return offline;
  const isObject = typeof error.response.data === "object" && error.response.data !== null;
  const body = (isObject ? error.response.data : {}) as ErrorBody;
  return {
    message: body.message ?? `The server answered ${error.response.status}.`,
    statusCode: body.statusCode ?? error.response.status,
    code: body.code ?? "internal",
    ...(body.remedy ? { remedy: body.remedy } : {}),
    ...(body.requestId ? { requestId: body.requestId } : {}),
    ...(body.errors ? { errors: body.errors } : {}),
    ...(body.present ? { present: body.present } : {}),
  };
}

export function createHttp(): AxiosInstance {
  const http = axios.create({ headers: { accept: "application/json" } });
  http.interceptors.response.use(undefined, (error: unknown) => Promise.reject(toApiError(error)));
  return http;
}

/** Throws where a filter would reach the API as something else than it says. */
export function refuseUnknownFilters(filters: CrudFilter[] = []): void {
  for (const { operator } of filters) {
    if (!isKnownOperator(operator)) {
      throw { message: `The API has no filter "${operator}".`, code: "invalid", statusCode: 400 } satisfies ApiError;
    }
  }
}

export function createDataProvider(http: AxiosInstance = createHttp()): DataProvider {
  const rest = restProvider(API_URL, http);
  return {
    ...rest,
    getList: async (params) => {
      refuseUnknownFilters(params.filters);
      return rest.getList(params);
    },
    getMany: async (params) => (params.ids.length === 0 ? { data: [] } : rest.getMany(params)),
    custom: async (params) => {
      refuseUnknownFilters(params.filters);
      return rest.custom(params);
    },
  };
}

/** The URL of an action: `actionUrl("accounts", id, "disconnect")`. */
export const actionUrl = (resource: string, ...rest: string[]): string =>
  [API_URL, resource, ...rest.map(encodeURIComponent)].join("/");
