import type { Reply } from "./reply";
import type { Sandbox } from "./sandbox";
import type { Region } from "./world/types";

export interface ApiRequest {
  sandbox: Sandbox;
  region: Region;
  /** `http://host:port` as the caller reached us */
  origin: string;
  method: string;
  path: string;
  query: URLSearchParams;
  /** names in lower case: Amazon's header names are case-insensitive */
  headers: Record<string, string | undefined>;
  body: string;
  params: Record<string, string>;
  requestId: string;
  /** what a report create asked for, so that a second one can be told in the call log */
  fingerprint?: string;
}

export interface Route {
  method: string;
  /** `/a/{id}/b` */
  path: string;
  operation: string;
  handle(request: ApiRequest): Reply | Promise<Reply>;
}

interface Compiled extends Route {
  pattern: RegExp;
  names: string[];
}

export interface Match {
  route: Route;
  params: Record<string, string>;
}

export interface Router {
  match(method: string, path: string): Match | undefined;
  knows(path: string): boolean;
}

export function createRouter(routes: readonly Route[]): Router {
  const compiled = routes.map(compile);
  return {
    match(method, path) {
      for (const route of compiled) {
        if (route.method !== method) continue;
        const found = route.pattern.exec(path);
        if (found) return { route, params: paramsOf(route.names, found) };
      }
      return undefined;
    },
    knows: (path) => compiled.some((route) => route.pattern.test(path)),
  };
}

function compile(route: Route): Compiled {
  const names: string[] = [];
  const source = route.path
    .split("/")
    .map((part) => {
      if (!part.startsWith("{")) return part.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&");
      names.push(part.slice(1, -1));
      return "([^/]+)";
    })
    .join("/");
  return { ...route, names, pattern: new RegExp(`^${source}/?$`) };
}

function paramsOf(names: string[], found: RegExpExecArray): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [name, safeDecode(found[index + 1] ?? "")]));
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
