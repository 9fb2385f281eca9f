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
];

/** Opens every page, signed in as the owner, and gives it to `look` twice: wide in one mode, and narrow after the system has changed to the other. */
export async function throughEveryPage(
  known: Known,
  look: (visited: Visit, seen: Look) => Promise<void>,
): Promise<void> {
  const { url, email, password } = known;
  const visited = await visit({ url });
  const { page } = visited;
  let mode: Look["mode"] = "light";
  const lookAt = async (place: string) => {
    await look(visited, { place, mode, width: "wide" });
    mode = mode === "light" ? "dark" : "light";
    await page.emulateMedia({ colorScheme: mode });
    await page.setViewportSize({ width: widths.narrow, height: 900 });
    await page.locator(`html[data-mode=${mode}]`).waitFor();
    await look(visited, { place, mode, width: "narrow" });
    await page.setViewportSize({ width: widths.wide, height: 900 });
  };
  try {
    await page.goto("/sign-in");
    await lookAt("/sign-in");
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
      await page.goto(place);
      await page.locator("h1").first().waitFor();
      await lookAt(place);
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
