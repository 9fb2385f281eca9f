export { checkQuestion, type QuestionProblem } from "./check";
export {
  columnsOf,
  type Field,
  type Fields,
  fieldsOf,
  isNumber,
  isPrivate,
  isTime,
  metricFields,
  type Table,
} from "./fields";
export * from "./model";
export { isParameter, operatorsOf, takesList, takesParameter, takesValue, valueKind } from "./operators";
export { parametersOf } from "./parameters";
export { writeSql } from "./write-sql";
