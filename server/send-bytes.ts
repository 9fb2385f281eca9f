import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Response } from "express";

/** A failure in the middle breaks the transfer off. Somebody who closes the window wants no more of it: that is no failure. */
export async function sendBytes(response: Response, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  let left = false;
  response.once("close", () => {
    left = !response.writableFinished;
  });
  try {
    await pipeline(Readable.from(bytes), response);
  } catch (error) {
    if (!left) throw error;
  }
}
