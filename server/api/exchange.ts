// What a call of the API is and what it is answered with, whoever carries them. Not the standard Request and Response: each of
// them keeps its body in memory until the next full collection (decision 049).

export interface ApiRequest {
  method: string;
  params: URLSearchParams;
  contentType: string;
  /** The whole body. */
  text(): Promise<string>;
}

export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  /** Text that is whole, or bytes as they are made. */
  body: string | AsyncIterable<Uint8Array>;
}
