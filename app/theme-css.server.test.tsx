import { Button, ConfigProvider, Rate } from "antd";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { themeOf } from "./theme";
import { sheetHref, styledPage, themeSheet } from "./theme-css.server";

const page = (content: React.ReactNode, brand: Parameters<typeof styledPage>[0] = null) => {
  const { element, inlineCss } = styledPage(
    brand,
    "light",
    <ConfigProvider theme={themeOf(brand, "light")}>{content}</ConfigProvider>,
  );
  renderToString(element);
  return inlineCss();
};
const hashOf = (href: string) => /([0-9a-f]+)\.css/.exec(href)?.[1] ?? "";

test("a page carries no styles that the theme's file holds, only the map of them", () => {
  const inline = page(<Button type="primary">Save</Button>);
  const sheet = themeSheet(hashOf(sheetHref(null, "light")), null);
  expect(sheet).toContain("ant-btn");
  expect(sheet).not.toContain("data-ant-cssinjs-cache-path");
  expect(inline).toMatch(/^\.data-ant-cssinjs-cache-path\{/);
  expect(inline).toContain("Button");
});

test("styles the file lacks travel with the page, and the map knows both", () => {
  const inline = page(<Rate />);
  expect(inline).toContain("ant-rate");
  expect(inline.lastIndexOf("Rate")).toBeGreaterThan(inline.indexOf(".data-ant-cssinjs-cache-path"));
  expect(inline).toContain("Button");
});

test("a theme's file is found by a process that has not drawn it, for its own viewers only", () => {
  const brand = {
    version: "7.1",
    productName: null,
    accent: { light: "#7a1fa2", dark: "#d9a3f0" },
    radius: 2,
    logo: { light: null, dark: null },
  };
  const href = sheetHref(brand, "dark");
  expect(href).not.toBe(sheetHref(null, "dark"));
  expect(themeSheet(hashOf(href), null)).toContain("ant-btn");
  expect(themeSheet("00000000000000000000", null)).toBeNull();
});
