// A call of the API as whoever the ctx is of, past HTTP.

import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { handleApi } from "../../server/api/handle";
import type { Ctx } from "../../server/core/context";
import { createLog } from "../../server/core/log";

export interface Answered {
  status: number;
  headers: Record<string, string>;
  bytes: Buffer;
  text: string;
}

/** @param ctx null: nobody is known @param address what follows /api/v1/ @param body makes it a POST where no method is named */
export async function callApi(
  ctx: Ctx | null,
  address: string,
  body?: object,
  method = body ? "POST" : "GET",
): Promise<Answered> {
  const api = {
    log: createLog("silent"),
    publicUrl: "https://tidemark.example.com",
    requestId: "same",
    identify: async () => ctx,
  };
  const { pathname, searchParams: params } = new URL(`https://tidemark.example.com/${address}`);
  const request = { method, params, contentType: "application/json", text: async () => JSON.stringify(body) ?? "" };
  const { status, headers, body: answered } = await handleApi(api, request, pathname.slice(1));
  const bytes = typeof answered === "string" ? Buffer.from(answered) : await buffer(Readable.from(answered));
  return { status, headers, bytes, text: bytes.toString("utf8") };
}
