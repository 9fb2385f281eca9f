import { createCanvas } from "@napi-rs/canvas";
import { expect, test } from "vitest";
import { aBrand, aClock, aCtx, anAgency, aSource, asOwner } from "../../tests/support/ctx";
import { testDatabase } from "../../tests/support/database";
import { auditedActions } from "../../tests/support/people";
import { wholeList } from "../core/query";
import { discardDraft, publishTheme, resetTheme, rollBackTheme, saveTheme } from "./change-theme";
import type { Viewer } from "./contract";
import { getTheme, listThemes } from "./list-themes";
import { uploadLogo } from "./store-logo";
import { defaultSettings, type ThemeSettings } from "./theme-contract";
import { exportCover, logoFor, mailLook, themeOfPage, themeVersion } from "./theme-in-force";

const { db } = testDatabase();
const clock = aClock();
const source = aSource(db, { clock });

const violet: ThemeSettings = {
  ...defaultSettings,
  accent: { light: "#7a1fa2", dark: "#d9a3f0" },
  productName: "Acme Desk",
};
const green: ThemeSettings = { ...defaultSettings, accent: { light: "#1a6b2f", dark: "#7ad090" } };

async function aTenant() {
  const agencyId = await anAgency(db);
  const [brandId, otherId] = [await aBrand(db, agencyId, "Acme"), await aBrand(db, agencyId, "Bolt")];
  const ctx = aCtx(source, agencyId, { memberships: asOwner });
  const read = (id: string) => ctx.tx((tx) => getTheme(tx, id));
  const publish = async (id: string, settings: ThemeSettings) => {
    const version = (await read(id)).draft?.version ?? 0;
    const saved = await saveTheme(ctx, { id, settings, version });
    return publishTheme(ctx, { id, version: saved.draft?.version ?? 0 });
  };
  return { agencyId, brandId, otherId, ctx, read, publish };
}

const aLogo = () => {
  const canvas = createCanvas(60, 20);
  canvas.getContext("2d").fillRect(0, 0, 60, 20);
  return canvas.toBuffer("image/png");
};

test("a draft changes nothing until it is published; versions are kept, told by whom, and rolled back to", async () => {
  const { ctx, brandId, read, publish } = await aTenant();
  await saveTheme(ctx, { id: brandId, settings: violet, version: 0 });
  expect(await read(brandId)).toMatchObject({
    from: "product",
    published: null,
    draft: { settings: violet, by: "Test person" },
  });
  await publishTheme(ctx, { id: brandId, version: 1 });
  await publish(brandId, green);
  expect(await read(brandId)).toMatchObject({ from: "own", inForce: green, draft: null });
  const back = await rollBackTheme(ctx, { id: brandId, number: 1 });
  expect(back).toMatchObject({ inForce: violet, published: { number: 3 } });
  expect(back.history?.map(({ number, current }) => [number, current])).toEqual([
    [3, true],
    [2, false],
    [1, false],
  ]);
  expect(back.history?.[0]).toMatchObject({ by: "Test person", publishedAt: clock().toISOString() });
  await saveTheme(ctx, { id: brandId, settings: green, version: 0 });
  await discardDraft(ctx, { id: brandId });
  expect(await resetTheme(ctx, { id: brandId })).toMatchObject({
    from: "product",
    draft: null,
    inForce: defaultSettings,
  });
  const actions = await auditedActions(ctx);
  for (const action of ["draft_saved", "published", "rolled_back", "draft_discarded", "reset"])
    expect(actions).toContain(`theme.${action}`);
});

test("a brand without a theme of its own has the agency's; the agency's comes first in the list", async () => {
  const { ctx, brandId, otherId, publish } = await aTenant();
  await publish("agency", green);
  await publish(brandId, violet);
  const { items } = await ctx.tx((tx) => listThemes(tx, wholeList()));
  expect(items.map(({ id, from, inForce }) => [id, from, inForce])).toEqual([
    ["agency", "own", green],
    [brandId, "own", violet],
    [otherId, "agency", green],
  ]);
});

test("colours that cannot be read are refused with the field and the nearest that can", async () => {
  const { ctx, brandId } = await aTenant();
  const settings = { ...defaultSettings, accent: { light: "#ff9900", dark: "#222222" } };
  await expect(saveTheme(ctx, { id: brandId, settings, version: 0 })).rejects.toMatchObject({
    code: "invalid",
    fields: {
      "settings.accent.light": expect.stringMatching(/4\.5:1 is needed.*nearest that passes is #[0-9a-f]{6}/),
      "settings.accent.dark": expect.stringContaining("nearest"),
    },
  });
});

test("of two who work on a draft the second is told, and nobody publishes what they have not seen", async () => {
  const { ctx, brandId, read } = await aTenant();
  await saveTheme(ctx, { id: brandId, settings: violet, version: 0 });
  await expect(saveTheme(ctx, { id: brandId, settings: green, version: 0 })).rejects.toMatchObject({
    code: "conflict",
  });
  await saveTheme(ctx, { id: brandId, settings: green, version: 1 });
  await expect(publishTheme(ctx, { id: brandId, version: 1 })).rejects.toMatchObject({ code: "conflict" });
  expect((await read(brandId)).published).toBeNull();
  const both = [1, 2].map(() => publishTheme(ctx, { id: brandId, version: 2 }));
  const outcomes = await Promise.allSettled(both);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await read(brandId)).history).toHaveLength(1);
});

test("who holds one brand sees its theme alone, and only owner and admin change one", async () => {
  const { agencyId, brandId, otherId } = await aTenant();
  const ops = aCtx(source, agencyId, { memberships: [{ brandId, role: "ops" }] });
  expect((await ops.tx((tx) => listThemes(tx, wholeList()))).items.map(({ id }) => id)).toEqual([brandId]);
  for (const id of [otherId, "agency"])
    await expect(ops.tx((tx) => getTheme(tx, id))).rejects.toMatchObject({ code: "not_found" });
  await expect(saveTheme(ops, { id: brandId, settings: violet, version: 0 })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(uploadLogo(ops, { id: brandId, bytes: aLogo() })).rejects.toMatchObject({ code: "forbidden" });
});

test("a logo is shown to its agency alone, and at the brand's own host while it is in force", async () => {
  const { agencyId, brandId, ctx, publish } = await aTenant();
  const { id } = await uploadLogo(ctx, { id: brandId, bytes: aLogo() });
  const host = { host: "reports.acme.example", agencyId, brandId };
  const own = { person: { ctx, viewer: { brands: [] } as unknown as Viewer }, host: null };
  expect((await logoFor(source, own, id))?.subarray(1, 4).toString()).toBe("PNG");
  expect(await logoFor(source, { person: null, host }, id)).toBeNull();
  await publish(brandId, { ...violet, logo: { light: id, dark: null } });
  expect(await logoFor(source, { person: null, host }, id)).not.toBeNull();
  expect(await logoFor(source, { person: null, host: null }, id)).toBeNull();
  const stranger = (await aTenant()).ctx;
  expect(await logoFor(source, { person: { ctx: stranger, viewer: own.person.viewer }, host: null }, id)).toBeNull();
  await expect(
    saveTheme(ctx, { id: brandId, settings: { ...violet, logo: { light: "0".repeat(64), dark: null } }, version: 0 }),
  ).rejects.toMatchObject({ fields: { "settings.logo.light": expect.stringContaining("Upload") } });
  const { mail, cover } = await ctx.tx(async (tx) => ({
    mail: await mailLook(tx, brandId),
    cover: await exportCover(tx, { brandId, title: "October", subtitle: "Acme" }),
  }));
  expect(mail).toMatchObject({ productName: "Acme Desk", accent: "#7a1fa2", logo: expect.any(Buffer) });
  expect(cover).toMatchObject({
    title: "October",
    productName: "Acme Desk",
    accent: "#7a1fa2",
    logo: expect.any(Buffer),
  });
});

test("a page has the look of the brand in view: the one chosen, the only one, the host's, else the agency's", async () => {
  const { agencyId, brandId, otherId, ctx, publish } = await aTenant();
  await publish("agency", green);
  await publish(brandId, violet);
  const brands = [brandId, otherId].map((id) => ({ id, name: id }));
  const person = { ctx, viewer: { brands } as unknown as Viewer };
  const host = { host: "reports.acme.example", agencyId, brandId };
  const name = async (...[place, active]: [Parameters<typeof themeOfPage>[1], string | null]) =>
    (await themeOfPage(source, place, active))?.productName;
  expect(await name({ person, host: null }, null)).toBeNull();
  expect(await name({ person, host: null }, brandId)).toBe("Acme Desk");
  expect(await name({ person, host: null }, "no such brand")).toBeNull();
  expect(await name({ person, host }, null)).toBe("Acme Desk");
  expect(await name({ person, host }, otherId)).toBeNull();
  const client = aCtx(source, agencyId, { memberships: [{ brandId, role: "client" }] });
  const only = { ctx: client, viewer: { brands: brands.slice(0, 1) } as unknown as Viewer };
  expect(await name({ person: only, host: null }, null)).toBe("Acme Desk");
  expect(await name({ person: null, host }, null)).toBe("Acme Desk");
  expect(await themeOfPage(source, { person: null, host: null }, brandId)).toBeNull();
  const [id = ""] = (await themeOfPage(source, { person, host }, brandId))?.version.split(".") ?? [];
  expect(await themeVersion(source, { person, host: null }, id)).toMatchObject({ productName: "Acme Desk" });
  expect(await themeVersion(source, { person: null, host: null }, id)).toBeNull();
});
