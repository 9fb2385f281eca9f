// The browser for end-to-end tests: one that is there, or Debian's chromium without a window of its own, which starts and draws in two thirds of the time.
import { aptInstall, findProgram } from "./apt.mjs";
import { say } from "./project.mjs";

const names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const find = () => process.env.CHROMIUM_PATH ?? findProgram(names);

/** @returns the browser's path, or undefined after saying in one line what to install */
export function ensureBrowser() {
  for (const name of ["chromium-headless-shell", "chromium"]) if (!find()) aptInstall(name);
  const installed = find();
  if (!installed)
    say("No Chromium: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH to its program.");
  return installed;
}
