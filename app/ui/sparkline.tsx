// A small trend as SVG, drawn on the server. Missing days are gaps, never zero.

type Values = readonly (number | null)[];

const WIDTH = 120;
const HEIGHT = 32;
const INSET = 2;

/** The path of the values from `first` to `last`, on the scale of all of them. */
const pathOf = (values: Values, first: number, last: number): string => {
  const known = values.filter((value): value is number => value !== null);
  const low = Math.min(0, ...known);
  const span = Math.max(...known) - low || 1;
  let path = "";
  let drawing = false;
  values.forEach((value, index) => {
    if (value === null || index < first || index > last) {
      drawing = false;
      return;
    }
    const x = INSET + (index / Math.max(1, values.length - 1)) * (WIDTH - 2 * INSET);
    const y = HEIGHT - INSET - ((value - low) / span) * (HEIGHT - 2 * INSET);
    const point = `${x.toFixed(1)} ${y.toFixed(1)}`;
    // A lone value is a dot: a line to itself with round ends.
    path += drawing ? `L${point}` : `M${point}L${point}`;
    drawing = true;
  });
  return path;
};

/** `settledCount` leading values are final; the rest is drawn lighter. */
export function Sparkline({
  values,
  label,
  settledCount,
}: {
  values: Values;
  label: string;
  settledCount?: number | undefined;
}) {
  if (values.every((value) => value === null)) return null;
  const final = settledCount ?? values.length;
  return (
    <svg
      className="tm-sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      preserveAspectRatio="none"
    >
      <path className="tm-trend" d={pathOf(values, 0, final - 1)} />
      {final < values.length ? (
        <path className="tm-trend tm-trend-light" d={pathOf(values, final - 1, values.length)} />
      ) : null}
    </svg>
  );
}
