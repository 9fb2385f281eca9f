import type { Rule } from "./finding";
import { relevanceRows, segmentRows } from "./grain";
import { finalAggregate, literalFilter, moneyUnits, privateOutput, rankInHaving } from "./output";
import { builtInParameter, dataLag, parameters } from "./request";
import {
  audienceTables,
  audienceUsers,
  foreignRelation,
  hiddenStar,
  tableOnInstance,
  undocumentedFunction,
  unknownTable,
} from "./tables";

/** Every rule that needs the query's tree; those of its words alone are in words.ts. */
export const rules: Rule[] = [
  unknownTable,
  foreignRelation,
  hiddenStar,
  tableOnInstance,
  audienceTables,
  audienceUsers,
  undocumentedFunction,
  privateOutput,
  finalAggregate,
  literalFilter,
  rankInHaving,
  moneyUnits,
  segmentRows,
  relevanceRows,
  parameters,
  builtInParameter,
  dataLag,
];
