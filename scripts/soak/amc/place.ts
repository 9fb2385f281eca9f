import type { anAmcOffice } from "../../../tests/support/amc-office";
import type { SoakPlace } from "../place";

/** With an agency that has an AMC instance there. */
export interface AmcSoakPlace extends SoakPlace {
  office: Awaited<ReturnType<typeof anAmcOffice>>;
}
