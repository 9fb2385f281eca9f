// Roles in words: for which brands, and until when.
import type { MemberRole } from "#server/workspace/contract";
import { formatDay } from "~/ui/format";
import { useView } from "~/ui/view";

/** "Ops: Acme, Beta until 3 Dec 2026 · Client viewer: Gamma"; a role for all brands says so. */
export function roleWords(roles: readonly MemberRole[], locale?: string): string {
  const brandsByRole = new Map<string, string[]>();
  for (const { roleName, brandId, brandName, until } of roles) {
    const brand = brandId === null ? "all brands" : (brandName ?? "a removed brand");
    const words = until ? `${brand} ${untilWords(until, locale)}` : brand;
    brandsByRole.set(roleName, [...(brandsByRole.get(roleName) ?? []), words]);
  }
  return [...brandsByRole].map(([role, brands]) => `${role}: ${brands.join(", ")}`).join(" · ");
}

export const untilWords = (until: string, locale?: string): string =>
  `until ${formatDay(until, { ...(locale ? { locale } : {}) })}`;

/** The last day, with the zone it ends in on hover. */
export function Until({ day }: { day: string }) {
  const { locale } = useView();
  return (
    <time dateTime={day} data-tip={`Ends by itself at the end of ${formatDay(day, { locale })}, UTC`}>
      {untilWords(day, locale)}
    </time>
  );
}
