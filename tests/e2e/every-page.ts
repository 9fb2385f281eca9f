// Every page that an owner can reach.
import { expect } from "vitest";
import { type Visit, visit } from "./browser";

interface Known {
  url: string;
  email: string;
  password: string;
  brandId: string;
  connectionId: string;
}

export interface Look {
  place: string;
  mode: "light" | "dark";
  width: "wide" | "narrow";
}

const widths = { wide: 1360, narrow: 390 };

interface Ids {
  person: string;
  account: string;
  campaign: string;
  adGroup: string;
  creative: string;
  second: string;
}

const places = ({ brandId, connectionId }: Known, { person, account, campaign, adGroup, creative, second }: Ids) => [
  "/",
  "/brands",
  "/brands?view=table",
  "/brands?show=archived",
  `/brands/${brandId}`,
  "/performance",
  "/performance?level=creatives",
  `/ad-groups/${adGroup}`,
  `/creatives/${creative}`,
  `/rows?campaign=${campaign}&metric=roas`,
  `/compare?id=${campaign}&id=${second}`,
  "/campaigns",
  `/campaigns/${campaign}`,
  "/changes",
  "/sync",
  "/restatements",
  "/metrics",
  "/rates",
  "/accounts",
  `/accounts/${account}`,
  "/connections",
  `/connections/${connectionId}`,
  "/connections/new",
  "/consents",
  "/consents?view=grantors",
  "/calls",
  "/inbox",
  "/outbox",
  "/people",
  `/people/${person}`,
  "/roles",
  "/agency",
  "/api-keys",
  "/themes",
  "/themes/agency",
  "/custom-pages",
  "/custom-actions",
  "/custom-actions/runs",
  "/audit",
  "/health",
  "/profile",
  "/exports",
  "/exports/verify",
  "/custom-reports",
  "/custom-reports/new",
  "/amc",
  "/amc/templates/path-to-conversion",
  "/amc/runs",
  "/amc/sql?template=path-to-conversion",
  "/amc/sql?template=viewability&view=builder",
  "/amc/schedules",
  "/amc/schedules/new",
  "/amc/instances",
  "/amc/instances/new",
];

const looks: Omit<Look, "place">[] = [
  { mode: "light", width: "wide" },
  { mode: "dark", width: "narrow" },
  { mode: "dark", width: "wide" },
  { mode: "light", width: "narrow" },
];

/**
 * Opens every page, signed in as the owner, and gives it to `look`: each in one of the four looks, the next page in the next one; with
 * E2E_LOOKS=all each in all four, which takes three times as long. `fits` is asked of every page in a narrow window too.
 */
export async function throughEveryPage(
  known: Known,
  {
    look,
    fits,
  }: { look(visited: Visit, seen: Look): Promise<void>; fits(visited: Visit, place: string): Promise<void> },
): Promise<void> {
  const { url, email, password } = known;
  const visited = await visit({ url });
  const { page } = visited;
  let turn = 0;
  const wear = async ({ mode, width }: (typeof looks)[number]) => {
    await page.emulateMedia({ colorScheme: mode });
    await page.setViewportSize({ width: widths[width], height: 900 });
  };
  const open = async (place: string) => {
    const first = turn++ % looks.length;
    const worn = process.env.E2E_LOOKS === "all" ? looks : looks.slice(first, first + 1);
    // Before the page is asked for: it then comes in that mode.
    if (worn[0]) await wear(worn[0]);
    await page.goto(place);
    await page.locator("h1").first().waitFor();
    for (const one of worn) {
      await wear(one);
      await page.locator(`html[data-mode=${one.mode}]`).waitFor();
      await look(visited, { place, ...one });
    }
    if (worn.some(({ width }) => width === "narrow")) return;
    await page.setViewportSize({ width: widths.narrow, height: 900 });
    await fits(visited, place);
  };
  try {
    await open("/sign-in");
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
    const person = await firstOf(visited, "members");
    const account = await firstOf(visited, "accounts");
    const campaign = await firstOf(visited, "campaigns");
    const second = await firstOf(visited, "campaigns?_sort=name&_order=desc");
    const adGroup = await firstOf(visited, "level-rows?level=adGroups", "entityId");
    const creative = await firstOf(visited, "level-rows?level=creatives", "entityId");
    for (const place of places(known, { person, account, campaign, adGroup, creative, second })) {
      await open(place);
    }
    expect(visited.complaints).toEqual([]);
  } finally {
    await visited.close();
  }
}

async function firstOf({ page }: Visit, list: string, key = "id"): Promise<string> {
  const window = `${list.includes("?") ? "&" : "?"}_start=0&_end=1`;
  const [first] = (await (await page.request.get(`/api/v1/${list}${window}`)).json()) as Record<string, string>[];
  return first?.[key] ?? "";
}
