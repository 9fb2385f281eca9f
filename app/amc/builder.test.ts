import { expect, test } from "vitest";
import { checkQuestion, fieldsOf, type Table } from "../../packages/amc-builder";
import { amcTables } from "../../packages/amc-engine";
import { newGroup, newJoin, newMetric, questionOn } from "./builder-edits";
import { examples } from "./builder-examples";

const tables: readonly Table[] = amcTables.filter(({ forAudiences }) => !forAudiences);

test.each(examples)("the example $title can be asked", ({ question }) => {
  expect(checkQuestion(question, tables)).toEqual([]);
});

test.each(tables.map(({ name }) => name))(
  "a question on %s can be asked as it begins, and grown part by part",
  (name) => {
    const begun = questionOn(name, tables);
    expect(checkQuestion(begun, tables)).toEqual([]);
    const fields = fieldsOf(begun, tables);
    const metrics = [...begun.metrics, newMetric(begun.metrics, fields)];
    const groups = [...begun.groups, newGroup(begun.groups, fields)];
    const same = tables.find((table) => table.name === name) as Table;
    const joins = fields.has("user_id") ? [newJoin(same, begun, tables)] : [];
    expect(checkQuestion({ ...begun, groups, metrics, joins }, tables)).toEqual([]);
  },
);
