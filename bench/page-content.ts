// How long a page takes to show something, in a browser that has none of its files.
import type { Owner } from "../scripts/owner";
import type { Rig } from "../scripts/rig";
import { visit } from "../tests/e2e/browser";

export interface Shown {
  /** Milliseconds to the first contentful paint, one a load. */
  contents: number[];
  /** The scripts of the last load. */
  scripts: string[];
}

export interface Place {
  rig: Rig;
  owner: Owner;
}

const loads = 5;

export async function contentOf({ rig, owner }: Place, path: string): Promise<Shown> {
  const contents: number[] = [];
  let scripts = new Map<string, string>();
  for (let load = 0; load < loads; load++) {
    const visited = await visit({ url: rig.url });
    const { page } = visited;
    try {
      await page.goto("/sign-in");
      await page.getByLabel("Email").fill(owner.email);
      await page.getByLabel("Password").fill(owner.password);
      await Promise.all([page.waitForURL("**/"), page.getByRole("button", { name: "Sign in", exact: true }).click()]);
      // A new tab's cache still holds the sign-in's files: empty it.
      const cdp = await visited.context.newCDPSession(page);
      await cdp.send("Network.clearBrowserCache");
      scripts = new Map();
      page.on("response", (response) => {
        if (!response.url().endsWith(".js")) return;
        void response.text().then(
          (text) => scripts.set(response.url(), text),
          () => {},
        );
      });
      await page.goto(path, { waitUntil: "load" });
      contents.push(await firstContent(page));
      await page.waitForTimeout(1500);
    } finally {
      await visited.close();
    }
  }
  return { contents, scripts: [...scripts.values()] };
}

const firstContent = (page: import("playwright-core").Page): Promise<number> =>
  page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN);
