export interface SoakOptions {
  /** Small enough for every test run. */
  short: boolean;
  /** Only the parts or failpoints whose names begin so. */
  only?: string;
}
