// A brand's look: made, published, and in force for its people from the first byte, also at an address of the client's own.
import { mkdirSync, readFileSync } from "node:fs";
import { request as send } from "node:http";
import { createCanvas } from "@napi-rs/canvas";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Person } from "../../scripts/person";
import { until } from "../support/until";
import { type Agency, anAgency } from "./agency";
import { type Visit, visit } from "./browser";

let agency: Agency;
let guest: Visit;
let owner: Person;
let client: Person;
let brandId = "";
let accent = "";

const password = "a calm sea at noon";
const host = "reports.acme.test";
const pictures = process.env.E2E_SCREENSHOTS;

const picture = async (name: string, visited = guest) => {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await visited.page.screenshot({ path: `${pictures}/themes-${name}.png`, fullPage: true });
};

function aLogo(): Buffer {
  const canvas = createCanvas(400, 120);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#7a1fa2";
  pen.fillRect(0, 0, 400, 120);
  return canvas.toBuffer("image/png");
}

/** As a browser that came by another name would ask. */
const askAs = (name: string, path: string, { method = "GET", origin = "", body = "" } = {}) =>
  new Promise<{ status: number; text: string; cookie: string; location: string }>((done, fail) => {
    const { port } = new URL(agency.url);
    const headers = {
      host: `${name}:${port}`,
      ...(origin ? { origin } : {}),
      ...(body
        ? { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body) }
        : {}),
    };
    const asked = send({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
      let text = "";
      answer.on("data", (part) => (text += part));
      answer.on("end", () => {
        const cookie = answer.headers["set-cookie"]?.[0] ?? "";
        done({ status: answer.statusCode ?? 0, text, cookie, location: answer.headers.location ?? "" });
      });
    });
    asked.on("error", fail);
    asked.end(body);
  });

beforeAll(async () => {
  agency = await anAgency();
  owner = agency.owner;
  brandId = (await owner.api<{ id: string }>("POST", "brands", { name: "Acme" })).id;
  guest = await visit({ url: agency.url, as: owner });
});

afterAll(() => guest?.close());

test("a weak colour is told while one types and mended by one click; the look is published with its logo", async () => {
  const { page } = guest;
  await page.goto("/themes");
  await page.getByRole("link", { name: "Acme" }).click();
  await page.getByLabel("Accent in light mode", { exact: true }).fill("#ff9900");
  await page.getByText(/Too weak in \d of 6 places/).waitFor();
  await picture("weak");
  await page.getByRole("button", { name: /^Use #/ }).click();
  await page.getByText(/Too weak/).waitFor({ state: "detached" });
  accent = await page.getByLabel("Accent in light mode", { exact: true }).inputValue();
  await page.getByLabel("Product name").fill("Acme Desk");
  const files = page.locator('input[type="file"][accept*=".svg"]').first();
  await files.setInputFiles({
    name: "evil.svg",
    mimeType: "image/svg+xml",
    buffer: Buffer.from('<svg viewBox="0 0 2 1"><script/></svg>'),
  });
  await page.getByText(/This SVG is not taken. It holds a script/).waitFor();
  await files.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: aLogo() });
  await page.getByAltText("Logo, as it is kept").waitFor();
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await page.getByText("Version 1 in force").waitFor();
  await picture("published");
  const { inForce } = await owner.api<{ inForce: { accent: { light: string } } }>("GET", `themes/${brandId}`);
  expect(inForce.accent.light).toBe(accent);
});

test("a look leaves as a file and comes back from one, unsaved until one saves", async () => {
  const { page } = guest;
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export as JSON" }).click(),
  ]);
  const file = JSON.parse(readFileSync(await download.path(), "utf8"));
  expect(file).toMatchObject({ tidemarkTheme: 1, settings: { productName: "Acme Desk", accent: { light: accent } } });
  expect(file.logo.light).toMatch(/^data:image\/png;base64,/);
  const take = (content: object) =>
    page.getByLabel("Theme file").setInputFiles({
      name: "theme.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify(content)),
    });
  await take({ ...file, tidemarkTheme: 9 });
  await page.getByText(/This is no theme file/).waitFor();
  await take({ ...file, settings: { ...file.settings, radius: 0 } });
  await page.getByText("Not saved").waitFor();
  expect(await page.getByLabel("Corner radius, px").inputValue()).toBe("0");
  await page.getByRole("button", { name: "Undo changes" }).click();
  expect(await page.getByLabel("Corner radius, px").inputValue()).toBe("6");
});

test("the page of a brand has its look in the very first HTML, and is drawn so without any script", async () => {
  const [themed, plain] = [await (await owner.get(`/?brand=${brandId}`)).text(), await (await owner.get("/")).text()];
  expect(themed).toContain(`--tm-accent:${accent}`);
  expect(themed).toContain("<title>Home · Acme Desk</title>");
  expect(themed).toMatch(/<img class="tm-logo" src="\/logos\/[0-9a-f]{64}\.png"/);
  const sheet =
    /href="(\/theme\/[0-9a-f]+\.css\?of=[0-9a-f-]{36}\.1)"/.exec(themed.replaceAll("&amp;", "&"))?.[1] ?? "";
  const css = await owner.get(sheet);
  expect([css.status, css.headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
  expect(await css.text()).toContain(accent);
  expect(plain).not.toContain(accent);
  expect(plain).toContain("<title>Home · Tidemark</title>");
  const logo = /\/logos\/[0-9a-f]{64}\.png/.exec(themed)?.[0] ?? "";
  const answer = await owner.get(logo);
  expect(answer.headers.get("content-type")).toBe("image/png");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect((await fetch(agency.url + logo)).status).toBe(404);
});

test("a client who has one brand has its look everywhere, from the first paint, in light and in dark", async () => {
  const email = "client@acme.test";
  const { link } = await owner.api<{ link: string }>("POST", "invitations", {
    email,
    name: "Cleo Client",
    role: "client",
    brandIds: [brandId],
  });
  client = new Person(agency.url);
  await client.post(new URL(link).pathname, { name: "Cleo Client", password });
  for (const mode of ["light", "dark"] as const) {
    const html = await (await client.get("/campaigns")).text();
    expect(html).toContain("Acme Desk");
    const visited = await visit({ url: agency.url, dark: mode === "dark", scripts: false });
    try {
      const { page } = visited;
      // What is painted before any script has run is all there is.
      await visited.context.addCookies([{ name: "tm-mode", value: mode, url: agency.url }]);
      await page.route("**/build/**/*.js", (route) => route.abort());
      await page.goto("/sign-in");
      await page.getByLabel("Email").fill(email);
      await page.getByLabel("Password").first().fill(password);
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.waitForURL(`${agency.url}/`);
      const look = await page.evaluate(() => ({
        mode: document.documentElement.dataset.mode,
        sign: document.querySelector<HTMLImageElement>(".tm-rail .tm-logo")?.naturalWidth,
        name: document.querySelector(".tm-rail-home strong")?.textContent,
        // Antd's own sheet has come too: its link is styled by it.
        sheets: [...document.styleSheets].map(({ href }) => href ?? "").filter((href) => href.includes("/theme/"))
          .length,
        accent: getComputedStyle(document.documentElement).getPropertyValue("--tm-accent"),
      }));
      expect(look).toMatchObject({ mode, sign: 400, name: "Acme Desk", sheets: 1 });
      if (mode === "light") expect(look.accent).toBe(accent);
      await picture(`client-${mode}`, visited);
    } finally {
      await visited.close();
    }
  }
});

test("a published look reaches pages that are open with their next navigation", async () => {
  const visited = await visit({ url: agency.url });
  try {
    const { page } = visited;
    await page.goto("/sign-in");
    await page.getByLabel("Email").fill("client@acme.test");
    await page.getByLabel("Password").first().fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
    const opened = () => page.evaluate(() => (window as unknown as { opened?: string }).opened);
    const goRound = async () => {
      for (const place of ["Campaigns", "Home"]) {
        await page.getByRole("link", { name: place, exact: true }).first().click();
        await page.getByRole("heading", { name: place, level: 1 }).waitFor();
      }
    };
    // A link that is pressed before its part of the page is alive loads the next page anew: not before that is over.
    await until(async () => {
      await page.evaluate(() => Object.assign(window, { opened: "once" }));
      await goRound();
      return (await opened()) === "once";
    });
    const { inForce } = await owner.api<{ inForce: object }>("GET", `themes/${brandId}`);
    const settings = { ...inForce, productName: "Acme Bureau" };
    await owner.api("PATCH", `themes/${brandId}`, { settings, version: 0 });
    await owner.api("POST", `themes/${brandId}/publish`, { version: 1 });
    await until(async () => {
      await goRound();
      return (await page.locator(".tm-rail-home strong").textContent()) === "Acme Bureau";
    });
    expect(await opened()).toBe("once");
    expect(visited.complaints).toEqual([]);
  } finally {
    await visited.close();
  }
});

test("at the client's own address the sign-in page has the look already, and only that address may post there", async () => {
  const sql = postgres(agency.databaseUrl, { max: 1 });
  await sql`insert into domains (agency_id, host, brand_id, proof, created_at, verified_at)
    select agency_id, ${host}, id, 'proved', now(), now() from brands where id = ${brandId}`;
  await sql.end();
  const page = await askAs(host, "/sign-in");
  expect(page.text).toContain(`--tm-accent:${accent}`);
  expect(page.text).toContain("Acme Bureau");
  const logo = /\/logos\/[0-9a-f]{64}\.png/.exec(page.text)?.[0] ?? "";
  expect((await askAs(host, logo)).status).toBe(200);
  expect((await askAs("unknown.acme.test", "/sign-in")).text).not.toContain("Acme");
  const { port } = new URL(agency.url);
  const body = new URLSearchParams({ email: "client@acme.test", password }).toString();
  const from = (origin: string) => askAs(host, "/sign-in", { method: "POST", origin, body });
  expect((await from(agency.url)).status).toBe(403);
  expect((await from(`http://evil.test:${port}`)).status).toBe(403);
  const signedIn = await from(`http://${host}:${port}`);
  expect([signedIn.status, signedIn.location]).toEqual([302, "/"]);
  expect(signedIn.cookie).toContain("tidemark_session=");
  expect(signedIn.cookie).not.toMatch(/domain=/i);
});
