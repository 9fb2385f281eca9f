// What a call of the API is and what it is answered with, whoever carries them. Not the standard Request and Response: each of
// them keeps its body in memory until the next full collection (decision 049).

export interface ApiRequest {
  method: string;
  params: URLSearchParams;
  contentType: string;
  /** The whole body. */
  text(): Promise<string>;
}

/** `body`: text that is whole, or bytes as they are made. */
export interface ApiAnswer<Body = string | AsyncIterable<Uint8Array>> {
  status: number;
  headers: Record<string, string>;
  body: Body;
}
