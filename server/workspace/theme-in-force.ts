// Which look a page, a mail or an export has.
import type { Ctx } from "../core/context";
import { type IdentitySource, inAgency, type TenantScope } from "../identity";
import type { BrandTheme, Viewer } from "./contract";
import type { HostPlace } from "./known-domains";
import { coverOf, defaultSettings, type ExportCover, logoUrl, type ThemeSettings } from "./theme-contract";
import { findImage, findPublishedTheme, findThemeInForce, type ThemeRow } from "./theme-store";

type Source = Pick<IdentitySource, "database" | "clock">;

export interface ThemePlace {
  /** The person who looks, if anybody is signed in. */
  person: { ctx: Ctx; viewer: Viewer } | null;
  /** The brand whose host name was asked. */
  host: HostPlace | null;
}

/** The look of a page. `activeBrand` is the one chosen there. */
export async function themeOfPage(
  source: Source,
  { person, host }: ThemePlace,
  activeBrand: string | null,
): Promise<BrandTheme | null> {
  const agencyId = person?.ctx.agencyId ?? host?.agencyId;
  if (!agencyId) return null;
  const brandId = person ? brandInView(person, host, activeBrand) : (host?.brandId ?? null);
  const row = await inAgency(source, agencyId, (scope) => findThemeInForce(scope, brandId));
  return row && toBrandTheme(row);
}

/** Within one brand: the one chosen, else the only one the person has, else the host's. Null: the agency. */
function brandInView(
  { ctx, viewer }: NonNullable<ThemePlace["person"]>,
  host: HostPlace | null,
  active: string | null,
) {
  const visible = (id: string | null | undefined) => viewer.brands.some((brand) => brand.id === id);
  if (visible(active)) return active;
  const [only, ...others] = viewer.brands;
  if (ctx.brandIds !== "all" && only && others.length === 0) return only.id;
  return host?.agencyId === ctx.agencyId && visible(host.brandId) ? host.brandId : null;
}

/** A version that is or was in force, of the agency of who asks. */
export async function themeVersion(source: Source, place: ThemePlace, id: string): Promise<BrandTheme | null> {
  const agencyId = place.person?.ctx.agencyId ?? place.host?.agencyId;
  if (!agencyId || !/^[0-9a-f-]{36}$/.test(id)) return null;
  const row = await inAgency(source, agencyId, (scope) => findPublishedTheme(scope, id));
  return row && toBrandTheme(row);
}

/** A logo's PNG: any of the agency's to its people, the one in force to who is not signed in at the brand's own host. */
export async function logoFor(source: Source, { person, host }: ThemePlace, id: string): Promise<Buffer | null> {
  const own = person && (await inAgency(source, person.ctx.agencyId, (scope) => findImage(scope, id)));
  if (own) return own.bytes;
  if (!host) return null;
  return inAgency(source, host.agencyId, async (scope) => {
    const settings = (await findThemeInForce(scope, host.brandId))?.settings;
    const isShown = settings && [settings.logo.light, settings.logo.dark].includes(id);
    return isShown ? ((await findImage(scope, id))?.bytes ?? null) : null;
  });
}

/** What a mail looks like. Mails have a light ground. */
export interface MailLook {
  productName: string;
  /** Name to send under; null: the installation's. */
  sender: string | null;
  accent: string;
  onAccent: string;
  radius: number;
  footer: string;
  /** PNG. */
  logo: Buffer | null;
}

export const mailLook = async (scope: TenantScope, brandId: string | null): Promise<MailLook> => {
  const settings = (await findThemeInForce(scope, brandId))?.settings ?? defaultSettings;
  return mailLookOf(settings, await logoOf(scope, settings));
};

export function mailLookOf(settings: ThemeSettings, logo: Buffer | null): MailLook {
  const { productName, accent, onAccent, radius, footer } = coverOf(settings, { title: "", subtitle: "" });
  return { productName, sender: settings.mailSender, accent, onAccent, radius, footer, logo };
}

/** The cover of an export in its brand's look; with the logo's PNG. */
export async function exportCover(
  scope: TenantScope,
  { brandId, ...words }: { brandId: string | null; title: string; subtitle: string },
): Promise<ExportCover & { logo: Buffer | null }> {
  const settings = (await findThemeInForce(scope, brandId))?.settings ?? defaultSettings;
  return { ...coverOf(settings, words), logo: await logoOf(scope, settings) };
}

const logoOf = async (scope: TenantScope, { logo }: ThemeSettings): Promise<Buffer | null> =>
  logo.light ? ((await findImage(scope, logo.light))?.bytes ?? null) : null;

function toBrandTheme({ id, number, settings }: ThemeRow): BrandTheme {
  const { productName, accent, radius, logo } = settings;
  const light = logo.light ?? logo.dark;
  const dark = logo.dark ?? logo.light;
  return {
    version: `${id}.${number}`,
    productName,
    accent,
    radius,
    logo: { light: light && logoUrl(light), dark: dark && logoUrl(dark) },
  };
}
