import { gunzipSync } from "node:zlib";
import { type RunningSandbox, type SandboxOptions, startSandbox } from "./index";
import type { Region } from "./world/types";

// For the sandbox's own tests: a sandbox on free ports at a fixed, frozen moment, and a bare client of it.

export const NOW = "2026-07-10T15:00:00.000Z";
export const RETURN_URL = "http://localhost:3000/connections/callback/na";

export async function aSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const sandbox = await startSandbox({
    port: 0,
    anchor: "2026-07-01",
    returnUrls: [RETURN_URL],
    reportDelaySeconds: 0,
    amcPeople: 300,
    amcRunSeconds: 0,
    ...options,
  });
  sandbox.control.clock.set({ now: NOW, frozen: true });
  return sandbox;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read replies of every shape
  json: any;
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}

export function userNamed(sandbox: RunningSandbox, name: string): string {
  const user = sandbox.control.world().users.find((candidate) => candidate.name.startsWith(name));
  if (!user) throw new Error(`no user ${name}`);
  return user.id;
}

/** Goes through consent as a script does, and returns where the browser was sent. */
export async function consent(sandbox: RunningSandbox, fields: Record<string, string>): Promise<URL> {
  const form = new URLSearchParams({
    client_id: sandbox.clientId,
    scope: "advertising::campaign_management profile",
    response_type: "code",
    redirect_uri: RETURN_URL,
    user: userNamed(sandbox, "Ava"),
    decision: "allow",
    ...fields,
  });
  const response = await fetch(`${sandbox.urls.NA}/ap/oa/consent`, { method: "POST", body: form, redirect: "manual" });
  const location = response.headers.get("location");
  if (response.status !== 302 || !location) throw new Error(`consent answered ${response.status}`);
  return new URL(location);
}

export async function token(sandbox: RunningSandbox, fields: Record<string, string>): Promise<Answer> {
  const form = { client_id: sandbox.clientId, client_secret: sandbox.clientSecret, ...fields };
  return answerOf(await fetch(`${sandbox.urls.NA}/auth/o2/token`, { method: "POST", body: new URLSearchParams(form) }));
}

export interface TestClient {
  accessToken: string;
  refreshToken: string;
  get(path: string, headers?: Record<string, string>, region?: Region): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** any other method */
  send(method: string, path: string, of?: { body?: unknown; headers?: Record<string, string> }): Promise<Answer>;
  /** creates, waits for and reads a Reporting v3 report */
  report(of: ReportAsk): Promise<Record<string, string | number>[]>;
}

export interface ReportAsk {
  advertiserId: string;
  startDate: string;
  endDate: string;
  type?: string;
  groupBy: string[];
  columns: string[];
  timeUnit?: string;
}

export const CREATE_TYPE = "application/vnd.createasyncreportrequest.v3+json";

export function reportBody(of: ReportAsk) {
  const type = of.type ?? "dspCampaign";
  return {
    startDate: of.startDate,
    endDate: of.endDate,
    configuration: {
      adProduct: type === "conversionPath" ? "ALL" : "DEMAND_SIDE_PLATFORM",
      reportTypeId: type,
      groupBy: of.groupBy,
      columns: of.columns,
      timeUnit: of.timeUnit ?? "DAILY",
      format: "GZIP_JSON",
      filters: [{ field: "advertiserId", values: [of.advertiserId] }],
    },
  };
}

/** A client with the consent of a user (first name). */
export async function aClient(sandbox: RunningSandbox, user = "Ava"): Promise<TestClient> {
  const code = (await consent(sandbox, { user: userNamed(sandbox, user) })).searchParams.get("code") ?? "";
  const tokens = await token(sandbox, { grant_type: "authorization_code", code, redirect_uri: RETURN_URL });
  const common = {
    authorization: `Bearer ${tokens.json.access_token}`,
    "amazon-advertising-api-clientid": sandbox.clientId,
    "amazon-ads-clientid": sandbox.clientId,
  };
  const get: TestClient["get"] = async (path, headers = {}, region = "NA") =>
    answerOf(await fetch(sandbox.urls[region] + path, { headers: { ...common, ...headers } }));
  const send: TestClient["send"] = async (method, path, { body, headers = {} } = {}) =>
    answerOf(
      await fetch(sandbox.urls.NA + path, {
        method,
        headers: { ...common, "content-type": "application/json", ...headers },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    );
  const post: TestClient["post"] = (path, body, headers = {}) => send("POST", path, { body, headers });
  return {
    accessToken: tokens.json.access_token,
    refreshToken: tokens.json.refresh_token,
    get,
    post,
    send,
    async report(of) {
      const headers = { "amazon-ads-accountid": of.advertiserId, "content-type": CREATE_TYPE };
      const created = await post("/reporting/reports", reportBody(of), headers);
      if (created.status !== 200) throw new Error(`create answered ${created.status}: ${created.text}`);
      for (;;) {
        const polled = await get(`/reporting/reports/${created.json.reportId}`);
        if (polled.json.status === "FAILED") throw new Error(polled.json.failureReason);
        if (polled.json.status === "COMPLETED") return readFile(polled.json.url);
      }
    },
  };
}

async function readFile(url: string): Promise<Record<string, string | number>[]> {
  const response = await fetch(url);
  return JSON.parse(gunzipSync(Buffer.from(await response.arrayBuffer())).toString("utf8"));
}
