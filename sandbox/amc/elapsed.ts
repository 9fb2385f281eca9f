import type { SandboxClock } from "../clock";

/** When something began, by the sandbox's clock and by the machine's. */
export interface Beginning {
  at: number;
  real: number;
}

export const beginning = (clock: SandboxClock): Beginning => ({ at: clock.now(), real: Date.now() });

/** By whichever clock more time has passed: moving the sandbox's time and waiting both help. */
export const secondsSince = (clock: SandboxClock, { at, real }: Beginning): number =>
  Math.max(clock.now() - at, Date.now() - real) / 1000;

/** `2026-07-10T09:00:00Z`, as AMC writes moments. */
export const wireMoment = (moment: number): string => `${new Date(moment).toISOString().slice(0, 19)}Z`;
