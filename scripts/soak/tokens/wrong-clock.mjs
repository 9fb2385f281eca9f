// Preloaded into a process (`NODE_OPTIONS=--import`): its clock is CLOCK_SKEW_MS off, and jumps back an hour on SIGUSR2.
let skewMs = Number(process.env.CLOCK_SKEW_MS ?? 0);
const RealDate = Date;
process.on("SIGUSR2", () => {
  skewMs -= 3_600_000;
});
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [RealDate.now() + skewMs] : given));
  }
  static now() {
    return RealDate.now() + skewMs;
  }
};
