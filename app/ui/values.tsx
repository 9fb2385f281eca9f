// Money, counts, shares and days as elements in tabular figures. The functions behind them are in format.ts.
import {
  formatDay,
  formatMoney,
  formatNumber,
  formatPercent,
  type MoneyOptions,
  NO_VALUE_WORDS,
  type NumberOptions,
} from "./format";
import { useView } from "./view";

const Figure = ({ text, missing }: { text: string; missing: boolean }) => (
  <span className="tm-figure">
    {missing ? (
      <>
        <span aria-hidden="true">{text}</span>
        <span className="tm-unseen">{NO_VALUE_WORDS}</span>
      </>
    ) : (
      text
    )}
  </span>
);

export function Money(props: { micros: bigint | string | null | undefined; currency: string } & MoneyOptions) {
  const { micros, currency, ...options } = props;
  const { locale } = useView();
  return <Figure text={formatMoney(micros, currency, { locale, ...options })} missing={micros == null} />;
}

/** What this reader may not see, and whom to ask. */
export const HiddenFigure = ({ why }: { why: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be reachable by keyboard
  <span className="tm-muted" data-tip={why} tabIndex={0}>
    hidden<span className="tm-unseen">: {why}</span>
  </span>
);

export function Count(props: { value: number | bigint | string | null | undefined } & NumberOptions) {
  const { value, ...options } = props;
  const { locale } = useView();
  return <Figure text={formatNumber(value, { locale, ...options })} missing={value == null} />;
}

/** A share: 0.1234 shows as 12.34%. */
export function Percent(props: { ratio: number | null | undefined } & NumberOptions) {
  const { ratio, ...options } = props;
  const { locale } = useView();
  return <Figure text={formatPercent(ratio, { locale, ...options })} missing={ratio == null} />;
}

/** A report date, `YYYY-MM-DD`, which has no zone. */
export function Day({ day, year = true }: { day: string; year?: boolean }) {
  const { locale } = useView();
  return (
    <time className="tm-figure" dateTime={day}>
      {formatDay(day, { locale, year })}
    </time>
  );
}
