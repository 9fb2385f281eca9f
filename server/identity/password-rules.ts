// What a new password must be: long rather than odd, not guessable from a list or from the person. Any character is welcome.
import { commonWords } from "./common-passwords";
import { passwordLength } from "./contract";

/** What is wrong with a new password, for the person who typed it; null where nothing is. */
export function passwordProblem(password: string, about: readonly string[]): string | null {
  const length = [...password].length;
  if (length < passwordLength.min) return `Use at least ${passwordLength.min} characters; this has ${length}.`;
  if (length > passwordLength.max) return `Use at most ${passwordLength.max} characters; this has ${length}.`;
  const plain = password.normalize("NFKC").toLowerCase();
  if (new Set(plain).size < 5) return "This repeats too few characters. Mix in some others.";
  if (/^\d{1,15}$/.test(plain)) return "Digits alone are quickly guessed. Add some words.";
  if (isRun(plain) || isCommon(plain)) return "This is one of the most common passwords. Take a few unrelated words.";
  const word = ownWords(about).find((own) => plain.includes(own));
  if (word) return `This contains "${word}", which others can guess of you. Leave it out.`;
  return null;
}

/** Keyboard rows and alphabets, forwards, backwards or repeated. */
function isRun(plain: string): boolean {
  const rows = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
  ];
  const both = rows.flatMap((row) => [row, [...row].reverse().join("")]);
  const chunks = plain.match(/.{1,4}/gs) ?? [];
  return chunks.every((chunk) => both.some((row) => row.includes(chunk)) || chunk.length < 3);
}

const lookAlikes: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/** One or two common words, however often repeated, with digits or signs around them, or with look-alikes inside. */
function isCommon(plain: string): boolean {
  const core = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const spoken = core.replace(/[013457@$!]/g, (char) => lookAlikes[char] ?? char);
  return [plain, spoken].some((text) => {
    const letters = text.replace(/[^\p{L}]/gu, "");
    const found = new Set<string>();
    const rest = commonWords.reduce((left, word) => {
      if (left.includes(word)) found.add(word);
      return left.replaceAll(word, "");
    }, letters);
    return rest.length < 3 && (found.size === 1 || found.size === 2);
  });
}

const ownWords = (about: readonly string[]): string[] =>
  ["tidemark", ...about.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))].filter(
    (word) => [...word].length >= 4,
  );
