// A person at a keyboard, over HTTP: keeps cookies, signs in, gives consent at the sandbox. Used by the demo, the soak run and tests.

export class Person {
  #cookies = new Map<string, string>();

  constructor(readonly baseUrl: string) {}

  /** As a browser would keep them. */
  get cookies(): { name: string; value: string; url: string }[] {
    return [...this.#cookies].map(([name, value]) => ({ name, value, url: this.baseUrl }));
  }

  async get(path: string): Promise<Response> {
    return this.#send(path, { method: "GET" });
  }

  async post(path: string, form: Record<string, string>): Promise<Response> {
    return this.#send(path, { method: "POST", body: new URLSearchParams(form) });
  }

  /** Calls the REST API. @throws with the server's own words */
  async api<T>(method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: object): Promise<T> {
    const response = await this.#send(`/api/v1/${path}`, {
      method,
      headers: body ? { "content-type": "application/json" } : {},
      body: body ? JSON.stringify(body) : undefined,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 400)}`);
    return JSON.parse(text) as T;
  }

  async signIn(email: string, password: string): Promise<void> {
    const response = await this.post("/sign-in", { email, password });
    if (this.#cookies.size === 0) throw new Error(`Sign-in of ${email} failed: ${response.status}`);
  }

  /** Connect Amazon -> consent as the Amazon user -> back. @returns the address Tidemark shows in the end */
  async connectAmazon(region: "NA" | "EU" | "FE", amazonUserId?: string): Promise<string> {
    const { authorizeUrl } = await this.api<{ authorizeUrl: string }>("POST", "connections/authorize", { region });
    const back = await consent(authorizeUrl, amazonUserId);
    const url = new URL(back);
    const response = await this.get(url.pathname + url.search);
    return response.headers.get("location") ?? url.pathname;
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(this.baseUrl + path, {
      ...init,
      redirect: "manual",
      headers: {
        ...(init.headers as Record<string, string>),
        origin: this.baseUrl,
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const cut = pair.indexOf("=");
      this.#cookies.set(pair.slice(0, cut), pair.slice(cut + 1));
    }
    return response;
  }
}

/** Presses Allow on the sandbox's consent page. @returns the return address with code and state */
export async function consent(authorizeUrl: string, amazonUserId?: string): Promise<string> {
  const url = new URL(authorizeUrl);
  const page = await fetch(url);
  const users = [...(await page.text()).matchAll(/name="user" value="([^"]+)"/g)].map((match) => match[1] ?? "");
  const user = amazonUserId ?? users[0] ?? "";
  const form = new URLSearchParams([...url.searchParams, ["user", user], ["decision", "allow"]]);
  const answer = await fetch(new URL("/ap/oa/consent", url), { method: "POST", body: form, redirect: "manual" });
  const back = answer.headers.get("location");
  if (!back) throw new Error(`The consent page did not send back: ${answer.status}`);
  return back;
}
