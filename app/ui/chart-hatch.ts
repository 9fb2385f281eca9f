// The hatching behind a day that is not over: what stands there is not yet the whole day.

interface Days {
  points: readonly { day: string; partial?: boolean }[];
}

const side = 8;

/** A tile of stripes, as an address: what the library copies must be text. Null where nothing is drawn, on the server. */
function stripes(colour: string): string | null {
  if (typeof document === "undefined") return null;
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.strokeStyle = colour;
  pen.beginPath();
  for (const from of [-side, 0, side]) {
    pen.moveTo(from, side);
    pen.lineTo(from + side, 0);
  }
  pen.stroke();
  return canvas.toDataURL();
}

/** The range from the last whole day to the one that is not over, as the chart library draws ranges. */
export function hatchOf(series: readonly Days[], colour: string): Record<string, unknown>[] {
  const points = series.find(({ points: own }) => own.some(({ partial }) => partial))?.points ?? [];
  const index = points.findIndex(({ partial }) => partial);
  const [day, before] = [points[index]?.day, points[index - 1]?.day];
  const image = day ? stripes(colour) : null;
  if (!day || !image) return [];
  return [
    {
      type: "rangeX",
      data: [{ days: [before ?? day, day] }],
      xField: "days",
      style: { fill: { image, repetition: "repeat" }, fillOpacity: 1 },
      tooltip: false,
    },
  ];
}
