// Only the charts in use: the whole package is 691 KB compressed, these are 450.
export { Area, Column, Line, Sankey } from "@ant-design/charts";
