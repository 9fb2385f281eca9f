/** The current moment. Injected everywhere, so that tests set the time instead of waiting for it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
