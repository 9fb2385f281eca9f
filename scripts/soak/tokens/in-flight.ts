import type { RunningSandbox } from "../../../sandbox";

/** The most token calls the sandbox ever had before it at one moment, since its calls were last cleared. */
export function mostInFlight({ control }: RunningSandbox): number {
  const moments = control.calls.list({ operation: "lwa.token" }).flatMap(({ realAt, durationMs }) => {
    const at = Date.parse(realAt);
    return [
      [at, 1],
      [at + durationMs, -1],
    ] as [number, number][];
  });
  moments.sort(([a, up], [b, down]) => a - b || up - down);
  let now = 0;
  let most = 0;
  for (const [, change] of moments) {
    now += change;
    most = Math.max(most, now);
  }
  return most;
}
