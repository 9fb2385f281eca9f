import { passwordLength } from "#server/identity/contract";

export const passwordHint = `At least ${passwordLength.min} characters, any characters. A few unrelated words are easy to remember and hard to guess.`;
