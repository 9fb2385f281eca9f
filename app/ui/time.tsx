import { formatAgo, formatMoment } from "./format";
import { useHydrated, useView } from "./view";

/** "2 min ago", with the exact moment and the viewer's zone on hover. `at` is an ISO moment. */
export function Time({ at, none = "never" }: { at: string | Date | null | undefined; none?: string }) {
  const { locale, now } = useView();
  const hydrated = useHydrated();
  if (!at) return <span className="tm-muted">{none}</span>;
  const moment = new Date(at);
  const zone = hydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC";
  return (
    <time className="tm-time" dateTime={moment.toISOString()} data-tip={formatMoment(moment, zone, locale)}>
      {formatAgo(moment, now, locale)}
    </time>
  );
}
