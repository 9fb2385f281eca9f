// Both directions against Python's cryptography, the implementation others will read our tokens with.
import { execFileSync, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { decrypt, encrypt, generateKey } from "./fernet";

const hasPython = spawnSync("python3", ["-c", "import cryptography.fernet"]).status === 0;

const script = `
import json, sys
from cryptography.fernet import Fernet, MultiFernet
given = json.load(sys.stdin)
box = MultiFernet([Fernet(key) for key in given["keys"]])
print(json.dumps({
  "read": [box.decrypt(token.encode()).decode() for token in given["tokens"]],
  "rotated": [box.rotate(token.encode()).decode() for token in given["tokens"]],
  "made": [box.encrypt(text.encode()).decode() for text in given["texts"]],
}))`;

function aText(): string {
  const length = randomInt(0, 4097);
  const letters = ["a", "Z", "7", "|", '"', "\n", "\u0000", "é"];
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
}

test.skipIf(!hasPython)(
  "2,000 messages pass between us and Python both ways, with two keys (needs python3-cryptography)",
  () => {
    const [current, old] = [generateKey(), generateKey()];
    const texts = Array.from({ length: 2000 }, aText);
    const tokens = texts.map((text, index) => encrypt([index % 2 ? current : old], text));
    const output = execFileSync("python3", ["-c", script], {
      input: JSON.stringify({ keys: [current, old], tokens, texts }),
      maxBuffer: 1 << 28,
    });
    const python = JSON.parse(output.toString()) as { read: string[]; rotated: string[]; made: string[] };
    expect(python.read).toEqual(texts);
    expect(python.rotated.map((token) => decrypt([current], token))).toEqual(texts);
    expect(python.made.map((token) => decrypt([current], token))).toEqual(texts);
  },
  60_000,
);
