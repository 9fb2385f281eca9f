// The syncs that hang on consents, as the insights slice tells them by account.
import type { Schedule } from "#server/insights";

export type Schedules = Record<string, Schedule[]>;

export const scheduleCount = (schedules: Schedules, accounts: readonly { id: string }[]): number =>
  accounts.reduce((sum, { id }) => sum + (schedules[id]?.length ?? 0), 0);

/** "Campaign performance every hour; campaigns and their settings every hour". */
export const scheduleWords = (schedules: Schedules, accountId: string): string =>
  (schedules[accountId] ?? [])
    .map(({ what, often }, index) => `${index === 0 ? what : what.charAt(0).toLowerCase() + what.slice(1)} ${often}`)
    .join("; ") || "Nothing is synced yet";
