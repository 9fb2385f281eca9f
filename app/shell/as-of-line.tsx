import { HistoryOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Link, useUrlParam } from "~/providers/router";
import { formatMoment } from "~/ui/format";
import { useHydrated, useView } from "~/ui/view";
import { usePlace } from "./use-place";

/** Stands above a page that does not show the present. */
export function AsOfLine({ asOf }: { asOf: string }) {
  const { locale } = useView();
  const hydrated = useHydrated();
  const [, setAsOf] = useUrlParam("asof");
  const { linkTo } = usePlace();
  const zone = hydrated ? Intl.DateTimeFormat().resolvedOptions().timeZone : "UTC";
  return (
    <section className="tm-then" aria-label="As of">
      <HistoryOutlined aria-hidden />
      <span>
        The numbers as they stood on <strong>{formatMoment(new Date(asOf), zone, locale)}</strong>. Names and states are
        today’s.
      </span>
      <Link to={withSince(linkTo("/restatements"), asOf)}>What moved since</Link>
      <Button size="small" onClick={() => setAsOf(null)}>
        Back to now
      </Button>
    </section>
  );
}

function withSince(path: string, asOf: string): string {
  const [pathname, search = ""] = path.split("?");
  const params = new URLSearchParams(search);
  params.delete("asof");
  params.set("since", asOf);
  return `${pathname}?${params}`;
}
