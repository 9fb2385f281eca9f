// The client and a local Amazon that was written without it, joined over HTTP.
import { createHash, randomBytes } from "node:crypto";
import { type RunningSandbox, type SandboxOptions, startSandbox } from "../../sandbox/index";
import { type Amazon, type AmazonError, type CallRecord, createAmazon, type Region } from "../../server/amazon";
import { createLog } from "../../server/core/log";

const redirectUri = (region: Region) => `http://localhost:3000/connections/callback/${region.toLowerCase()}`;
const everywhere: Region[] = ["NA", "EU", "FE"];

export interface World {
  users: { id: string; name: string }[];
  advertisers: { advertiserId: string; name: string; region: Region; entityId: string; profileId: string }[];
}

export interface SandboxAmazon {
  sandbox: RunningSandbox;
  amazon: Amazon;
  records: CallRecord[];
  world: World;
  /** A client of the same sandbox with other settings. */
  clientWith(options: Partial<Parameters<typeof createAmazon>[0]>): Amazon;
  /** A code, as a person's click brings it. */
  consent(
    user: string,
    region?: Region,
  ): Promise<{ code: string; state: string; codeVerifier: string; redirectUri: string }>;
  /** An access token of that person. */
  signIn(user: string, region?: Region): Promise<string>;
}

export async function startSandboxAmazon(options: SandboxOptions = {}): Promise<SandboxAmazon> {
  const returnUrls = everywhere.map(redirectUri);
  const sandbox = await startSandbox({ port: 0, returnUrls, reportDelaySeconds: 0, ...options });
  const records: CallRecord[] = [];
  const hosts = Object.fromEntries(
    everywhere.map((region) => {
      const url = sandbox.urls[region];
      return [region, { authorizeUrl: `${url}/ap/oa`, tokenUrl: `${url}/auth/o2/token`, apiUrl: url }];
    }),
  ) as Record<Region, { authorizeUrl: string; tokenUrl: string; apiUrl: string }>;
  const clientWith: SandboxAmazon["clientWith"] = (extra) =>
    createAmazon({
      clientId: sandbox.clientId,
      clientSecret: sandbox.clientSecret,
      hosts,
      clock: () => new Date(),
      log: createLog("silent"),
      onCall: (record) => records.push(record),
      ...extra,
    });
  const amazon = clientWith({});
  const world = (await (await fetch(`${sandbox.urls.NA}/_sandbox/world`)).json()) as World;

  const consent: SandboxAmazon["consent"] = async (name, region = "NA") => {
    const codeVerifier = randomBytes(32).toString("base64url");
    const codeChallenge = createHash("sha256").update(codeVerifier).digest("base64url");
    const state = randomBytes(16).toString("base64url");
    const scopes = ["advertising::campaign_management", "profile"];
    const url = amazon.lwa.authorizeUrl({ region, redirectUri: redirectUri(region), state, codeChallenge, scopes });
    const page = await fetch(url);
    if (page.status !== 200) throw new Error(`the consent page answered ${page.status}`);
    const user = world.users.find((candidate) => candidate.name.startsWith(name));
    const form = new URLSearchParams(new URL(url).search);
    form.set("user", user?.id ?? "");
    form.set("decision", "allow");
    const answer = await fetch(`${sandbox.urls[region]}/ap/oa/consent`, {
      method: "POST",
      body: form,
      redirect: "manual",
    });
    const back = new URL(answer.headers.get("location") ?? "");
    const code = back.searchParams.get("code") ?? "";
    return { code, state: back.searchParams.get("state") ?? "", codeVerifier, redirectUri: redirectUri(region) };
  };
  const signIn: SandboxAmazon["signIn"] = async (user, region = "NA") =>
    (await amazon.lwa.exchangeCode({ region, ...(await consent(user, region)) })).accessToken;

  return { sandbox, amazon, records, world, clientWith, consent, signIn };
}

export const caught = (work: Promise<unknown>): Promise<AmazonError | undefined> =>
  work.then(() => undefined).catch((error: AmazonError) => error);

export async function gather<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page);
  return items;
}
