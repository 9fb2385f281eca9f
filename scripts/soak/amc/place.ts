import type { anAmcOffice } from "../../../tests/support/amc-office";
import type { SoakPlace } from "../place";

/** With an agency that has an AMC instance there. */
export interface AmcSoakPlace extends SoakPlace {
  office: Awaited<ReturnType<typeof anAmcOffice>>;
}

/** To come, and the same in every run: the same days are asked of the same world. */
export const moment = { now: new Date("2035-07-10T15:00:00Z"), anchor: "2035-07-01" };
/** The last four weeks that are whole then. */
export const window = { kind: "days", from: "2035-06-10", to: "2035-07-07" } as const;
