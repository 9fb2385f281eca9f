import { isRouteErrorResponse } from "@remix-run/react";
import type { Failure } from "./ui/states";

interface ThrownBody {
  message?: string;
  remedy?: string;
  requestId?: string;
}

const unexpected: Failure = {
  message: "An unexpected error stopped this page. It has been recorded.",
  remedy: "Try again; if it stays, tell whoever runs Tidemark for you.",
};

/** What a page threw, in words for people. Loaders throw `data({ message, remedy, requestId }, { status })`. */
export function failureOf(error: unknown): Failure {
  if (!isRouteErrorResponse(error)) return unexpected;
  const body = (typeof error.data === "object" && error.data !== null ? error.data : {}) as ThrownBody;
  if (body.message) return { message: body.message, remedy: body.remedy, requestId: body.requestId };
  if (error.status === 404) {
    return {
      message: "The address may be mistyped, or what it named was removed.",
      remedy: "Go back, or start at Home.",
    };
  }
  return { ...unexpected, requestId: body.requestId };
}
