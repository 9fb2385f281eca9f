import { expect, test } from "vitest";
import { describeResource, labelOf } from "./describe";
import { resources } from "./resources";

const described = (name: string) => {
  const found = resources.find((resource) => resource.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  const description = describeResource(found);
  return { ...description, field: (key: string) => description.fields.find((field) => field.key === key) };
};

test("names of fields read as words", () => {
  expect(["createdAt", "lastSignedInAt", "brandName", "amazonUserName", "name"].map(labelOf)).toEqual([
    "Created",
    "Last signed in",
    "Brand",
    "Amazon user",
    "Name",
  ]);
});

test("a brand's fields carry what tables, filters, files and edits need", () => {
  const brands = described("brands");
  expect(brands.field("name")).toMatchObject({
    label: "Brand",
    kind: "text",
    sortable: true,
    filterable: true,
    editable: true,
    importable: true,
    optional: false,
  });
  expect(brands.field("createdAt")).toMatchObject({ label: "Created", kind: "moment", editable: false });
  expect(brands.field("version")).toBeUndefined();
  expect(brands.actions).toContainEqual(
    expect.objectContaining({
      name: "archive",
      label: "Archive",
      perRecord: true,
      bulk: true,
      permission: "brands.write",
    }),
  );
});

test("enums carry their values in words, references their resource, numbers of Amazon their unit", () => {
  expect(described("accounts").field("region")?.values).toContainEqual({ value: "NA", label: "North America" });
  expect(described("accounts").field("brandId")).toMatchObject({ kind: "reference", reference: "brands" });
  expect(described("campaigns").field("spend")).toMatchObject({
    kind: "money",
    currency: "valuesCurrency",
    sortable: true,
  });
  expect(described("campaigns").field("ctr")).toMatchObject({ kind: "percent" });
});

test("every list is described with fields whose labels tell them apart", () => {
  for (const { name, list } of resources) {
    if (!list) continue;
    const labels = described(name).fields.map(({ label }) => label);
    expect([name, labels.filter((label, index) => labels.indexOf(label) !== index)]).toEqual([name, []]);
  }
});
