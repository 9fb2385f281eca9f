// How people sign in, in a real browser: a code of an app, a passkey, a forgotten password, an invitation by mail, and an agency that asks for more.
import { mkdirSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Person } from "../../scripts/person";
import { codeOf, secretFrom, stepAt } from "../../server/identity/totp";
import type { ThemeSettings } from "../../server/workspace/theme-contract";
import { until } from "../support/until";
import { anAgency } from "./agency";
import { accessibilityFaults, becomesAlive, type Visit, visit } from "./browser";

let url = "";
let email = "";
let password = "";
let owner: Visit;
let guest: Visit;
/** The owner without a browser. */
let api: Person;

const guestPassword = "a lamp on the quay";
const newPassword = "nine quiet otters";
const pictures = process.env.E2E_SCREENSHOTS;

const picture = async (name: string, page: Page) => {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.waitForTimeout(150);
    await page.screenshot({ path: `${pictures}/${name}-${scheme}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(150);
  await page.screenshot({ path: `${pictures}/${name}-narrow.png`, fullPage: true });
  await page.setViewportSize({ width: 1360, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
};

const home = async (page: Page) => {
  await page.getByRole("heading", { name: "Home", level: 1 }).waitFor();
  await becomesAlive(page);
};

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /profile and settings/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in", exact: true }).waitFor();
}

async function withPassword(page: Page, who: string, what: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(who);
  await page.getByLabel("Password").first().fill(what);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Codes of the step before and of this one: both are good, one after the other. Read early in a step, as they go stale together. */
async function twoCodes(shown: string): Promise<[string, string]> {
  await until(async () => Date.now() % 30_000 < 22_000);
  const step = stepAt(new Date());
  return [await codeOf(secretFrom(shown), step - 1), await codeOf(secretFrom(shown), step)];
}

const secretOf = async (page: Page): Promise<string> =>
  ((await page.locator(".tm-secret code").textContent()) ?? "").replaceAll(" ", "");

/** As who has no mouse gets there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  // Looked for once: names of everything on a page take long to work out.
  const element = await target.elementHandle();
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((one) => one === document.activeElement, element)) return;
  }
  throw new Error(`80 Tabs did not reach ${target}.`);
}

async function enter(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

async function enterText(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

beforeAll(async () => {
  const agency = await anAgency();
  ({ url, email, password } = agency);
  api = agency.owner;
  [owner, guest] = await Promise.all([visit({ url }), visit({ url })]);
});

afterAll(async () => {
  await owner?.close();
  await guest?.close();
});

test("codes of an app are set up under Profile; sign-in then takes two steps", async () => {
  const { page } = owner;
  await withPassword(page, email, password);
  await home(page);
  await page.goto("/profile");
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  const dialog = page.getByRole("dialog", { name: "Set up an authenticator app" });
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture("profile-totp", page);
  const [first, second] = await twoCodes(await secretOf(page));
  await dialog.getByRole("textbox", { name: "Code" }).fill(first);
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await page.getByRole("dialog", { name: "Keep your recovery codes" }).waitFor();
  expect(await page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem").count()).toBe(10);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.getByText("10 recovery codes left").waitFor();
  await signOut(page);
  await withPassword(page, email, password);
  await page.getByRole("heading", { name: "One more step" }).waitFor();
  await page.getByLabel("Code").fill("000000");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("This code is not right").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByLabel("Code").fill(second);
  await page.getByRole("button", { name: "Sign in" }).click();
  await home(page);
});

test("a passkey is added, signs in by itself, and a copy of it is refused", async () => {
  const { page, context } = owner;
  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.goto("/profile");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Work laptop");
  await page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
  await page.getByRole("rowheader", { name: /Work laptop/ }).waitFor();
  await picture("passkeys", page);
  await signOut(page);
  const answered = page.waitForRequest((request) => request.url().endsWith("/sign-in/passkey") && !!request.postData());
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await home(page);
  const again = { data: (await answered).postData(), headers: { origin: url, "content-type": "application/json" } };
  expect((await guest.page.request.post("/sign-in/passkey", again)).status()).toBe(401);
  await signOut(page);
  const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId });
  const [credential] = credentials;
  if (!credential) throw new Error("the authenticator holds no passkey");
  await cdp.send("WebAuthn.removeCredential", { authenticatorId, credentialId: credential.credentialId });
  const copy = { ...credential, signCount: 0 };
  await cdp.send("WebAuthn.addCredential", { authenticatorId, credential: copy });
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText("This passkey is not accepted.").waitFor();
  await cdp.send("WebAuthn.removeCredential", { authenticatorId, credentialId: credential.credentialId });
  const ahead = { ...credential, signCount: credential.signCount + 10 };
  await cdp.send("WebAuthn.addCredential", { authenticatorId, credential: ahead });
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await home(page);
});

test("by keyboard alone: an admin invites for one brand; the invitee comes by the mail, sets up codes, signs in with one, and sees that brand in its theme", async () => {
  const { page } = owner;
  const [acme] = await Promise.all(["Acme", "Beta"].map((name) => api.api<{ id: string }>("POST", "brands", { name })));
  const { inForce } = await api.api<{ inForce: ThemeSettings }>("GET", `themes/${acme?.id}`);
  const settings = { ...inForce, accent: { light: "#7a1fa2", dark: "#d9a3f0" }, productName: "Acme Desk" };
  await api.api("PATCH", `themes/${acme?.id}`, { settings, version: 0 });
  await api.api("POST", `themes/${acme?.id}/publish`, { version: 1 });

  await page.goto("/agency");
  await tabTo(page, page.getByRole("radio", { name: "Up to each person" }));
  for (let down = 0; down < 2; down++) await page.keyboard.press("ArrowDown");
  expect(await page.getByRole("radio", { name: "Needed by everyone, clients too" }).isChecked()).toBe(true);
  await enter(page, page.getByRole("button", { name: "Save sign-in rules" }));
  await page.getByText("Sign-in rules saved").first().waitFor();
  await picture("agency", page);
  await page.goto("/people");
  await enter(page, page.getByRole("button", { name: "Invite" }));
  const drawer = page.getByRole("dialog", { name: "Invite somebody" });
  await enterText(page, drawer.getByLabel("Email"), "gil@guest.example");
  await enterText(page, drawer.getByLabel("Name"), "Gil Guest");
  await tabTo(page, drawer.getByRole("combobox", { name: "Role" }));
  await page.keyboard.press("Enter");
  const marked = (role: string) => page.locator(".ant-select-item-option-active").filter({ hasText: role }).waitFor();
  for (const role of ["Account lead", "Analyst", "Client viewer"]) {
    await marked(role);
    await page.keyboard.press(role === "Client viewer" ? "Enter" : "ArrowDown");
  }
  await drawer.getByTitle("Client viewer").waitFor();
  await tabTo(page, drawer.getByRole("radio", { name: "All brands" }));
  await page.keyboard.press("ArrowDown");
  expect(await accessibilityFaults(page)).toEqual([]);
  await enterText(page, drawer.getByRole("combobox", { name: "Brands" }), "Acme");
  for (const key of ["Enter", "Escape"]) await page.keyboard.press(key);
  await picture("invite", page);
  await enter(page, drawer.getByRole("button", { name: "Invite" }));
  await page.getByText("A mail with this link was sent to gil@guest.example.").waitFor();
  await page.goto("/outbox");
  const link = await page.getByRole("link", { name: /^Join Rig agency/ }).getAttribute("href");
  await picture("outbox", page);

  await joinByKeyboard(guest.page, link ?? "");
  const [first, second] = await setUpCodesByKeyboard(guest.page);
  expect(first).not.toBe(second);
  const landing = await signInByKeyboard(guest.page, second);
  expect(landing).toContain("--tm-accent:#7a1fa2");
  expect(landing).toContain("<title>Home · Acme Desk</title>");
  await home(guest.page);
  expect(await guest.page.locator(".tm-rail-home strong").textContent()).toBe("Acme Desk");
  await picture("guest-home", guest.page);
  await enter(guest.page, guest.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Brands" }));
  await guest.page.getByRole("heading", { name: "Brands", level: 1 }).waitFor();
  await guest.page.getByRole("link", { name: "Acme", exact: true }).first().waitFor();
  expect(await guest.page.getByText("Beta").count()).toBe(0);
});

/** Nothing else opens before the second factor that the agency asks for. */
async function joinByKeyboard(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.locator("input[name=password]:focus").waitFor();
  await page.keyboard.type(guestPassword);
  await page.keyboard.press("Enter");
  await page.getByText("asks for a second factor").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await picture("set-up-first", page);
  await page.goto("/brands");
  await page.waitForURL("**/profile");
  const refused = await page.request.get("/api/v1/brands");
  expect([refused.status(), (await refused.json()).code]).toEqual([403, "second_factor"]);
}

async function setUpCodesByKeyboard(page: Page): Promise<[string, string]> {
  await enter(page, page.getByRole("button", { name: "Set up an authenticator app" }));
  const code = page.getByRole("dialog", { name: "Set up an authenticator app" }).getByRole("textbox", { name: "Code" });
  await code.waitFor();
  const codes = await twoCodes(await secretOf(page));
  await enterText(page, code, codes[0]);
  await page.keyboard.press("Enter");
  await enter(page, page.getByRole("button", { name: "I have kept them" }));
  await page.getByText("10 recovery codes left").waitFor();
  return codes;
}

/** @returns the HTML that came first */
async function signInByKeyboard(page: Page, code: string): Promise<string> {
  await enter(page, page.getByRole("button", { name: /profile and settings/ }));
  const signOutItem = page.getByRole("menuitem", { name: "Sign out" });
  await signOutItem.waitFor();
  await page.keyboard.press("Tab");
  await until(async () => {
    await page.keyboard.press("ArrowDown");
    return signOutItem.evaluate((element) => element === document.activeElement);
  }, 10_000);
  await page.keyboard.press("Enter");
  await page.locator("input[name=email]:focus").waitFor();
  await page.keyboard.type("gil@guest.example");
  await enterText(page, page.locator("input[name=password]"), guestPassword);
  await page.keyboard.press("Enter");
  await page.locator("input[name=code]:focus").waitFor();
  await page.keyboard.type(code);
  const landing = page.waitForResponse((answer) => answer.url() === `${url}/` && answer.status() === 200);
  await page.keyboard.press("Enter");
  return (await landing).text();
}

test("a forgotten password is set anew by a link, which ends every session and leaves the second factor", async () => {
  const { page } = owner;
  await guest.page.context().clearCookies();
  await guest.page.goto("/sign-in");
  await guest.page.getByRole("link", { name: "Forgot password?" }).click();
  await guest.page.getByRole("heading", { name: "Forgot your password?" }).waitFor();
  expect(await accessibilityFaults(guest.page)).toEqual([]);
  await guest.page.getByLabel("Email").fill(email);
  await guest.page.getByRole("button", { name: "Send the link" }).click();
  await guest.page.getByText("a mail with a link is on its way").waitFor();
  await picture("forgot-password", guest.page);
  await page.goto("/outbox");
  const href = await page.getByRole("link", { name: "Set a new password" }).first().getAttribute("href");
  expect(href).toMatch(`${url}/reset-password/`);
  await guest.page.goto(href ?? "");
  await guest.page.getByLabel("New password").first().fill(newPassword);
  expect(await accessibilityFaults(guest.page)).toEqual([]);
  await picture("reset-password", guest.page);
  await guest.page.getByRole("button", { name: "Set password" }).click();
  await guest.page.getByText("Your new password is set.").waitFor();
  await page.goto("/profile");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await withPassword(guest.page, email, newPassword);
  await guest.page.getByRole("heading", { name: "One more step" }).waitFor();
  await guest.page.goto(href ?? "");
  await guest.page.getByRole("heading", { name: "This link is no longer good" }).waitFor();
});

test("who clicks and types while a slow browser is still taking the page over has a page that works", async () => {
  const slow = await visit({ url, scripts: false });
  const { page } = slow;
  const throttle = await slow.context.newCDPSession(page);
  try {
    await throttle.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    for (let load = 0; load < 3; load++) {
      await page.goto("/sign-in", { waitUntil: "commit" });
      await page.locator("form").waitFor({ state: "attached" });
      let isOver = false;
      const alive = becomesAlive(page).finally(() => {
        isOver = true;
      });
      while (!isOver) {
        await page.mouse.click(680, 450);
        await page.keyboard.press("Tab");
      }
      await alive;
    }
    expect(slow.complaints).toEqual([]);
  } finally {
    await slow.close();
  }
});

test("the browser complained of nothing but refusals that were asked for", () => {
  const wanted = /status of (401|403|404|422)/;
  expect([...owner.complaints, ...guest.complaints].filter((line) => !wanted.test(line))).toEqual([]);
});
