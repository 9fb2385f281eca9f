import type { Vault } from "./vault";

type Keys = Pick<Vault, "keyIds">;

/** How many secrets need a key that is not configured, by its id. */
export type LostKeys = Record<string, number>;

const keyIdOf = (sealed: string): string => sealed.split(":")[1] ?? sealed;

/** @param sealed a stored form, or its `<scheme>:<key id>` alone */
export const isLost = ({ keyIds }: Keys, sealed: string): boolean => !keyIds.includes(keyIdOf(sealed));

export function countLost(keys: Keys, sealed: readonly { sealedUnder: string; rows: number }[]): LostKeys {
  const lost: LostKeys = {};
  for (const { sealedUnder, rows } of sealed) {
    if (isLost(keys, sealedUnder)) lost[keyIdOf(sealedUnder)] = (lost[keyIdOf(sealedUnder)] ?? 0) + rows;
  }
  return lost;
}
