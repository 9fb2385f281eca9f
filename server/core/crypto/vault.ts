// Secrets at rest. A stored form opens only with its own key and only in the place it was sealed for: a row copied
// to another agency, connection or field stays shut. Errors carry key ids, never plaintext or ciphertext.
import { AppError } from "../errors";
import { decryptBound, encryptBound } from "./aes-gcm";
import { decrypt, encrypt, keyId } from "./fernet";

/** Where a secret belongs. */
export interface Binding {
  agencyId: string;
  connectionId: string;
  field: string;
}

/** `v1`: Fernet with the binding inside the plaintext. `v2`: AES-256-GCM with the binding as authenticated data. */
export type VaultScheme = "v1" | "v2";

export interface Vault {
  /** Key id that new secrets are sealed with: the first key of the list. */
  readonly currentKeyId: string;
  /** The stored form, `<scheme>:<key id>:<payload>`. */
  seal(binding: Binding, secret: string): string;
  /** Throws AppError("internal") when the key is missing, the form was altered, or it belongs elsewhere. */
  open(binding: Binding, stored: string): string;
  keyIdOf(stored: string): string;
  /** Ids of the keys that can open. */
  readonly keyIds: readonly string[];
  /** True when `rotate` would change the key or the scheme. */
  needsRotation(stored: string): boolean;
  /** Opens and seals again with the current key and scheme. */
  rotate(binding: Binding, stored: string): string;
}

interface Cipher {
  seal(key: string, binding: Binding, secret: string): string;
  /** Throws when the payload is not what `seal` made for this key and binding. */
  open(key: string, binding: Binding, payload: string): string;
}

const ciphers: Record<VaultScheme, Cipher> = {
  v1: {
    seal: (key, { agencyId, connectionId, field }, secret) =>
      encrypt([key], JSON.stringify({ t: agencyId, c: connectionId, f: field, s: secret })),
    open(key, { agencyId, connectionId, field }, payload) {
      const inside = JSON.parse(decrypt([key], payload)) as { t: unknown; c: unknown; f: unknown; s: unknown };
      const here = inside.t === agencyId && inside.c === connectionId && inside.f === field;
      if (!here || typeof inside.s !== "string") throw new Error("bound elsewhere");
      return inside.s;
    },
  },
  v2: {
    seal: (key, binding, secret) => encryptBound(key, secret, boundTo(binding)),
    open: (key, binding, payload) => decryptBound(key, payload, boundTo(binding)),
  },
};

const boundTo = ({ agencyId, connectionId, field }: Binding) => JSON.stringify(["v2", agencyId, connectionId, field]);

function parse(stored: string): { scheme: VaultScheme; id: string; payload: string } {
  const [, scheme, id, payload] = /^(v1|v2):([0-9a-f]{12}):([\w=-]+)$/.exec(stored) ?? [];
  if (!scheme || !id || !payload) throw new AppError("internal", "A stored secret has an unknown form.");
  return { scheme: scheme as VaultScheme, id, payload };
}

/** `keys`: the first seals, all open. Throws on an empty list or a malformed key. */
export function createVault(options: { keys: string[]; scheme?: VaultScheme }): Vault {
  const { keys, scheme: currentScheme = "v1" } = options;
  const byId = new Map(keys.map((key) => [keyId(key), key]));
  const [currentKey] = keys;
  if (!currentKey) throw new Error("The vault needs at least one encryption key.");
  const currentKeyId = keyId(currentKey);

  const seal = (binding: Binding, secret: string) =>
    `${currentScheme}:${currentKeyId}:${ciphers[currentScheme].seal(currentKey, binding, secret)}`;

  function open(binding: Binding, stored: string): string {
    const { scheme, id, payload } = parse(stored);
    const key = byId.get(id);
    if (!key) {
      throw new AppError("internal", `Encryption key ${id} is not configured, but a stored secret needs it.`, {
        remedy: "Put the key back at the end of the list, rotate the stored secrets, then remove it.",
      });
    }
    try {
      return ciphers[scheme].open(key, binding, payload);
    } catch {
      // The cause is dropped on purpose: a JSON error quotes the plaintext.
      throw new AppError("internal", `A stored secret (${binding.field}, key ${id}) was altered or belongs elsewhere.`);
    }
  }

  return {
    currentKeyId,
    seal,
    open,
    keyIdOf: (stored) => parse(stored).id,
    keyIds: [...byId.keys()],
    needsRotation(stored) {
      const { scheme, id } = parse(stored);
      return scheme !== currentScheme || id !== currentKeyId;
    },
    rotate: (binding, stored) => seal(binding, open(binding, stored)),
  };
}
