// A theme is worked on as a draft, published deliberately, and rolled back to any version that was in force before.
import { command } from "../core/command";
import { actorName, type TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { brandIdOf, getTheme, ownerOf } from "./list-themes";
import {
  contrastFaults,
  ThemeMove,
  ThemePublish,
  ThemeRollBack,
  ThemeSave,
  type ThemeSettings,
} from "./theme-contract";
import { deleteDraft, insertTheme, lockTheme, missingImages, type ThemeRow, updateTheme } from "./theme-store";

type Owner = Awaited<ReturnType<typeof ownerOf>>;

const permission = "themes.write";
const brandOf = ({ id }: { id: string }) => brandIdOf(id);

/** @throws {AppError} invalid, with each colour that fails and each logo that is missing; conflict */
export const saveTheme = command({
  name: "theme.save",
  permission,
  input: ThemeSave,
  brandOf,
  run: async (tx, { id, settings, version }) => {
    const owner = await ownerOf(tx, id);
    await requireSound(tx, settings);
    const draft = (await lockTheme(tx, owner.brandId)).find(({ state }) => state === "draft");
    if ((draft?.version ?? 0) !== version) throw moved(draft);
    const change = { settings, changedBy: actorName(tx.actor), changedAt: tx.now() };
    if (draft) await updateTheme(tx, draft.id, change);
    else await insertTheme(tx, { brandId: owner.brandId, state: "draft", ...change });
    return told(tx, id, owner, {
      action: "theme.draft_saved",
      ...(draft ? { before: draft.settings } : {}),
      after: settings,
    });
  },
});

/** @throws {AppError} precondition, where there is no draft; conflict */
export const publishTheme = command({
  name: "theme.publish",
  permission,
  input: ThemePublish,
  brandOf,
  run: async (tx, { id, version }) => {
    const owner = await ownerOf(tx, id);
    const rows = await lockTheme(tx, owner.brandId);
    const draft = rows.find(({ state }) => state === "draft");
    if (!draft) throw nothingTo("publish");
    if (draft.version !== version) throw moved(draft);
    await requireSound(tx, draft.settings);
    const former = await retire(tx, rows);
    const number = nextNumber(rows);
    await updateTheme(tx, draft.id, { state: "published", number, ...published(tx) });
    return told(tx, id, owner, {
      action: "theme.published",
      ...(former ? { before: { number: former.number, ...former.settings } } : {}),
      after: { number, ...draft.settings },
    });
  },
});

/** The settings of a former version become a new one: what was published stays as it was. A draft is left alone. */
export const rollBackTheme = command({
  name: "theme.roll-back",
  permission,
  input: ThemeRollBack,
  brandOf,
  run: async (tx, { id, number: wanted }) => {
    const owner = await ownerOf(tx, id);
    const rows = await lockTheme(tx, owner.brandId);
    const version = rows.find(({ state, number }) => state === "former" && number === wanted);
    if (!version) {
      throw new AppError("precondition", `There is no former version ${wanted} of this theme.`, {
        remedy: "Choose one from its history.",
      });
    }
    const former = await retire(tx, rows);
    const number = nextNumber(rows);
    const { brandId } = owner;
    await insertTheme(tx, { brandId, state: "published", settings: version.settings, number, ...published(tx) });
    return told(tx, id, owner, {
      action: "theme.rolled_back",
      ...(former ? { before: { number: former.number, ...former.settings } } : {}),
      after: { number, from: wanted, ...version.settings },
    });
  },
});

export const discardDraft = command({
  name: "theme.discard",
  permission,
  input: ThemeMove,
  brandOf,
  run: async (tx, { id }) => {
    const owner = await ownerOf(tx, id);
    const draft = (await lockTheme(tx, owner.brandId)).find(({ state }) => state === "draft");
    if (!draft) return { result: await getTheme(tx, id), audit: null };
    await deleteDraft(tx, draft.id);
    return told(tx, id, owner, { action: "theme.draft_discarded", before: draft.settings });
  },
});

/** Nothing of its own any more: the brand inherits again. The history stays, and can be rolled back to. */
export const resetTheme = command({
  name: "theme.reset",
  permission,
  input: ThemeMove,
  brandOf,
  run: async (tx, { id }) => {
    const owner = await ownerOf(tx, id);
    const rows = await lockTheme(tx, owner.brandId);
    const draft = rows.find(({ state }) => state === "draft");
    if (draft) await deleteDraft(tx, draft.id);
    const former = await retire(tx, rows);
    if (!draft && !former) return { result: await getTheme(tx, id), audit: null };
    return told(tx, id, owner, { action: "theme.reset", before: (former ?? draft)?.settings ?? {} });
  },
});

async function retire(tx: TxCtx, rows: readonly ThemeRow[]): Promise<ThemeRow | null> {
  const current = rows.find(({ state }) => state === "published") ?? null;
  if (current) await updateTheme(tx, current.id, { state: "former" });
  return current;
}

const nextNumber = (rows: readonly ThemeRow[]): number => Math.max(0, ...rows.map(({ number }) => number)) + 1;

const published = (tx: TxCtx) => ({ changedBy: actorName(tx.actor), changedAt: tx.now(), publishedAt: tx.now() });

async function requireSound(tx: TxCtx, settings: ThemeSettings): Promise<void> {
  const fields = contrastFaults(settings);
  const { light, dark } = settings.logo;
  const missing = await missingImages(
    tx,
    [light, dark].filter((one) => one !== null),
  );
  for (const mode of ["light", "dark"] as const) {
    if (missing.includes(settings.logo[mode] ?? ""))
      fields[`settings.logo.${mode}`] = "This logo is not here. Upload it again.";
  }
  const [first] = Object.values(fields);
  if (first) throw new AppError("invalid", first, { fields, remedy: "Correct the fields named." });
}

async function told(
  tx: TxCtx,
  id: string,
  { brandId, name }: Owner,
  entry: { action: string; before?: object; after?: object },
) {
  await tx.changed("themes", [id]);
  const target = { type: "theme", id, label: name };
  return { result: await getTheme(tx, id), audit: { ...entry, target, brandId } };
}

const moved = (draft: ThemeRow | undefined) =>
  new AppError(
    "conflict",
    draft ? `${draft.changedBy} changed this draft meanwhile.` : "This draft is gone meanwhile.",
    {
      remedy: "Open the theme again to see it as it is, then make your change.",
    },
  );

const nothingTo = (act: string) =>
  new AppError("precondition", `There is no draft to ${act}.`, { remedy: "Change something and save it first." });
