import { expect, test } from "vitest";
import { passwordProblem } from "./password-rules";

const about = ["Olive Owner", "olive.owner@north.example"];

test.each([
  "seven tall giraffes",
  "пароль из слов длинный",
  "🐘🦒🐊🦉🐙🐝🦋🐢🐍🦂🕷🦀",
  "t h x q m v p",
  "correct-zebra-quantum-lamp",
  "x".repeat(3) + "y7&Kd".repeat(25),
])("%s is a good password", (password) => {
  expect(passwordProblem(password, about)).toBeNull();
});

test("a password is as long as it looks: 12 to 128 characters", () => {
  expect(passwordProblem("elevenchars", about)).toMatch("at least 12");
  expect(passwordProblem("🐘🦒🐊🦉🐙🐝🦋🐢🐍🦂🕷", about)).toMatch("this has 11");
  expect(passwordProblem("y7&Kd".repeat(26), about)).toMatch("at most 128");
});

test.each([
  "Password1234!",
  "P@ssw0rd2026!!",
  "passwordpassword",
  "Welcome123456",
  "iloveyou12345",
  "qwertyuiop123",
  "1q2w3e4r5t6yqwerty",
  "abcdefghijklmnop",
  "123456789012",
  "aaaaaaaaaaaaaaaa",
  "abababababababab",
  "sunshine-football-7",
])("%s is refused, because it is guessed first", (password) => {
  expect(passwordProblem(password, about)).not.toBeNull();
});

test.each(["my-tidemark-login-x", "olive trees forever", "the northern example q"])(
  "%s is refused, because it holds what others know",
  (password) => {
    expect(passwordProblem(password, [...about, "Northern"])).toMatch("which others can guess");
  },
);
