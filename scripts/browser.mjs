// The browser for end-to-end tests: one that is there, or Debian's chromium.
import { aptInstall, findProgram } from "./apt.mjs";
import { say } from "./project.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const find = () => process.env.CHROMIUM_PATH ?? findProgram(names);

/** @returns the browser's path, or undefined after saying in one line what to install */
export function ensureBrowser() {
  if (!find()) aptInstall("chromium");
  const installed = find();
  if (!installed)
    say("No Chromium: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH to its program.");
  return installed;
}
