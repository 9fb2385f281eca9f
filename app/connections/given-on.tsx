import { formatDay } from "~/ui/format";
import { useView } from "~/ui/view";

/** The day a consent was given on; a person remembers days. */
export function GivenOn({ at }: { at: string }) {
  const { locale } = useView();
  return (
    <time dateTime={at} className="tm-time">
      {formatDay(at.slice(0, 10), { locale })}
    </time>
  );
}
