// Seeded arithmetic: the same words and numbers always give the same "random" values, in any order of asking.

export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return finalize(hash);
}

export function mix(a: number, b: number): number {
  return finalize(Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x7f4a7c15, 0x85ebca6b));
}

function finalize(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

/** A stream of numbers in [0, 1), mulberry32. */
export function randomSource(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

export function randomOf(...words: (string | number)[]): () => number {
  return randomSource(hashText(words.join("|")));
}

export function pick<T>(random: () => number, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error("pick from an empty list");
  return value;
}

/**
 * A decimal id with the index in the middle, so that no two collide, and no zero at the end, so that one read as a
 * floating-point number does not survive.
 */
export function idOf(prefix: string, length: number, words: (string | number)[]): string {
  const random = randomOf("id", ...words);
  const digit = () => String(Math.floor(random() * 10));
  let id = `${prefix}${digit()}${digit()}${String(words[words.length - 1]).padStart(6, "0")}`;
  while (id.length < length - 1) id += digit();
  return `${id}${1 + Math.floor(random() * 9)}`;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

export function codeOf(length: number, words: (string | number)[], alphabet = LETTERS): string {
  const random = randomOf("code", ...words);
  let code = "";
  while (code.length < length) code += alphabet[Math.floor(random() * alphabet.length)];
  return code;
}
