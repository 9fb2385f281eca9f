// Creating, changing, archiving and restoring brands.
import { command, forbidden } from "../core/command";
import type { TxCtx } from "../core/context";
import { AppError } from "../core/errors";
import { type BrandValues, canLookAfter, insertBrand, writeBrand } from "./brand-store";
import { type Brand, BrandCreate, BrandMove, BrandUpdate } from "./contract";
import { getBrand } from "./list-brands";

export const createBrand = command({
  name: "brand.create",
  permission: "brands.write",
  input: BrandCreate,
  run: async (ctx, { name, ...fields }) => {
    const values = valuesOf(fields, noBudget);
    await requireOwner(ctx, values.ownerUserId, null);
    const id = await insertBrand(ctx, { name, ...values });
    await told(ctx, id);
    const brand = await getBrand(ctx, id);
    return { result: brand, audit: { action: "brand.created", ...about(brand), after: { name, ...fields } } };
  },
});

/** @throws {AppError} conflict, with the brand as it is now, when somebody changed it since the version given */
export const updateBrand = command({
  name: "brand.update",
  permission: "brands.write",
  input: BrandUpdate,
  brandOf: ({ id }) => id,
  run: async (ctx, { id, version, ...fields }) => {
    const before = await getBrand(ctx, id);
    if (before.version !== version) throw stale(before);
    requireSight(ctx, fields, id);
    const values = changedOnly(valuesOf(fields, before), before);
    if (Object.keys(values).length === 0) return { result: before, audit: null };
    await requireOwner(ctx, values.ownerUserId, id);
    const brand = await change(ctx, before, values);
    const audit = { ...about(brand), before: pick(before, values), after: pick(brand, values) };
    return { result: brand, audit: { action: "brand.updated", ...audit } };
  },
});

/** Takes the brand out of menus and lists; nothing is deleted. */
export const archiveBrand = command({
  name: "brand.archive",
  permission: "brands.write",
  input: BrandMove,
  brandOf: ({ id }) => id,
  run: async (ctx, { id }) => {
    const seen = await getBrand(ctx, id);
    if (seen.archivedAt) return { result: seen, audit: null };
    const brand = await change(ctx, seen, { archivedAt: ctx.now() });
    return { result: brand, audit: { action: "brand.archived", ...about(brand) } };
  },
});

export const restoreBrand = command({
  name: "brand.restore",
  permission: "brands.write",
  input: BrandMove,
  brandOf: ({ id }) => id,
  run: async (ctx, { id }) => {
    const seen = await getBrand(ctx, id);
    if (!seen.archivedAt) return { result: seen, audit: null };
    const brand = await change(ctx, seen, { archivedAt: null });
    return { result: brand, audit: { action: "brand.restored", ...about(brand) } };
  },
});

type Fields = Omit<BrandUpdate, "id" | "version">;
type Budget = Pick<Brand, "monthlyBudget" | "budgetCurrency">;
const noBudget: Budget = { monthlyBudget: null, budgetCurrency: null };

/** Only what is given, but an amount and its currency always together. */
function valuesOf({ monthlyBudget, budgetCurrency, ...given }: Fields, before: Budget): BrandValues {
  const rest = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as BrandValues;
  if (monthlyBudget === undefined && budgetCurrency === undefined) return rest;
  const amount = monthlyBudget === undefined ? before.monthlyBudget : monthlyBudget;
  const currency = budgetCurrency === undefined ? before.budgetCurrency : budgetCurrency;
  if (amount === null) {
    if (budgetCurrency) throw missing("monthlyBudget", "Give the amount that this is the currency of.");
    return { ...rest, monthlyBudget: null, budgetCurrency: null };
  }
  if (currency === null) throw missing("budgetCurrency", "Give the currency of the budget.");
  return { ...rest, monthlyBudget: BigInt(amount), budgetCurrency: currency };
}

const missing = (field: string, message: string) =>
  new AppError("invalid", `A budget is an amount and its currency.`, { fields: { [field]: message }, remedy: message });

/** A brand nobody sees yet can be given to those only who see all brands. */
async function requireOwner(ctx: TxCtx, userId: string | null | undefined, brandId: string | null): Promise<void> {
  if (!userId || (await canLookAfter(ctx, userId, brandId))) return;
  throw new AppError("invalid", "This person cannot look after the brand.", {
    fields: { ownerUserId: "Choose an active person of the agency who sees this brand." },
    remedy: "Give the person a role for the brand under People first, or choose somebody else.",
  });
}

async function change(ctx: TxCtx, seen: Pick<Brand, "id" | "version">, values: BrandValues): Promise<Brand> {
  if (!(await writeBrand(ctx, seen, values))) throw stale(await getBrand(ctx, seen.id));
  await told(ctx, seen.id);
  return getBrand(ctx, seen.id);
}

const stale = (present: Brand) =>
  new AppError("conflict", "Somebody else changed this brand while you looked at it.", {
    remedy: "Look at both versions, then save yours over it or take theirs.",
    present,
  });

async function told(ctx: TxCtx, id: string): Promise<void> {
  await ctx.changed("brands", [id]);
  await ctx.changed("brand-wall", [id]);
  await ctx.changed("level-rows");
}

/** Nobody overwrites what they may not see. */
function requireSight(ctx: TxCtx, { tags, monthlyBudget, budgetCurrency }: Fields, id: string): void {
  if (tags !== undefined && !ctx.can("accounts.read", id)) throw forbidden("accounts.read");
  const ofBudget = monthlyBudget !== undefined || budgetCurrency !== undefined;
  if (ofBudget && !ctx.can("money.read", id)) throw forbidden("money.read");
}

const plain = (value: unknown): string => JSON.stringify(typeof value === "bigint" ? value.toString() : value);

const changedOnly = (values: BrandValues, before: Brand): BrandValues =>
  Object.fromEntries(
    Object.entries(values).filter(([name, value]) => plain(value) !== plain(before[name as keyof Brand])),
  );

/** What the audit log keeps of a changed brand: the changed fields, and the owner by name. */
function pick(brand: Brand, values: BrandValues): object {
  const names = Object.keys(values) as (keyof Brand)[];
  const kept = Object.fromEntries(names.map((name) => [name, brand[name]]));
  return "ownerUserId" in values ? { ...kept, ownerName: brand.ownerName } : kept;
}

const about = (brand: Brand) => ({ target: { type: "brand", id: brand.id, label: brand.name }, brandId: brand.id });
