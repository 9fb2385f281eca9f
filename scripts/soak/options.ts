export interface SoakOptions {
  /** Small enough for every test run. */
  short: boolean;
  /** Only the part of this name, or the failpoints whose names begin so. */
  only?: string;
}
