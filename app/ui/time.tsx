import { formatAgo, formatMoment } from "./format";
import { useHydrated, useView } from "./view";

interface TimeProps {
  /** ISO moment. */
  at: string | Date | null | undefined;
  none?: string;
  /** It has happened: what was read since the page's clock last moved is not yet to come. */
  past?: boolean;
}

/** "2 min ago", with the exact moment and the viewer's zone on hover. */
export function Time({ at, none = "never", past = false }: TimeProps) {
  const { locale, now } = useView();
  const hydrated = useHydrated();
  if (!at) return <span className="tm-muted">{none}</span>;
  const moment = new Date(at);
  const zone = hydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC";
  return (
    <time className="tm-time" dateTime={moment.toISOString()} data-tip={formatMoment(moment, zone, locale)}>
      {formatAgo(moment, past && moment > now ? moment : now, locale)}
    </time>
  );
}
