// Every job and every tick of the product: one import and one entry each.
import type { Job, Tick } from "./core/jobs/define";

export const jobs: readonly Job[] = [];
export const ticks: readonly Tick[] = [];
