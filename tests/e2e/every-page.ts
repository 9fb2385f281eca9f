// Every page that an owner can reach.
import { expect } from "vitest";
import { type Visit, visit } from "./browser";

interface Known {
  url: string;
  email: string;
  password: string;
  brandId: string;
  connectionId: string;
  dark?: boolean;
}

interface Ids {
  person: string;
  account: string;
  campaign: string;
}

const places = ({ brandId, connectionId }: Known, { person, account, campaign }: Ids) => [
  "/",
  "/brands",
  "/brands?view=table",
  "/brands?show=archived",
  `/brands/${brandId}`,
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
];

/** Opens every page, signed in as the owner, and gives it to `look`. */
export async function throughEveryPage(
  known: Known,
  look: (visited: Visit, place: string) => Promise<void>,
): Promise<void> {
  const { url, email, password, dark = false } = known;
  const visited = await visit({ url, dark });
  const { page } = visited;
  try {
    await page.goto("/sign-in");
    await look(visited, "/sign-in");
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
    const person = await firstOf(visited, "members");
    const account = await firstOf(visited, "accounts");
    const campaign = await firstOf(visited, "campaigns");
    for (const place of places(known, { person, account, campaign })) {
      await page.goto(place);
      await page.locator("h1").first().waitFor();
      await look(visited, place);
    }
    expect(visited.complaints).toEqual([]);
  } finally {
    await visited.close();
  }
}

async function firstOf({ page }: Visit, list: string): Promise<string> {
  const [first] = (await (await page.request.get(`/api/v1/${list}?_start=0&_end=1`)).json()) as { id: string }[];
  return first?.id ?? "";
}
