// Questions that the builder offers to begin with.
import { type BuiltQuestion, everything, type Metric } from "../../packages/amc-builder";

const users: Metric = { name: "users", value: { function: "distinct", field: "user_id" }, per: null };
const impressions: Metric = { name: "impressions", value: { function: "sum", field: "impressions" }, per: null };

const nothing = { joins: [], groups: [], where: everything(), having: everything() };

export const examples: { title: string; question: BuiltQuestion }[] = [
  {
    title: "How many people does each campaign reach, and how often?",
    question: {
      ...nothing,
      source: "dsp_impressions",
      groups: [{ kind: "column", name: "campaign", field: "campaign" }],
      metrics: [
        users,
        impressions,
        {
          name: "impressions_per_user",
          value: { function: "sum", field: "impressions" },
          per: { function: "distinct", field: "user_id", each: 1 },
        },
      ],
    },
  },
  {
    title: "Which campaigns did the people see who bought?",
    question: {
      ...nothing,
      source: "dsp_impressions",
      joins: [
        {
          name: "bought",
          table: "conversions",
          kind: "INNER",
          key: { here: "user_id", there: "user_id" },
          metrics: [{ name: "purchases", value: { function: "sum", field: "conversions" }, per: null }],
          where: { all: true, rules: [{ field: "event_category", operator: "=", value: "purchase" }] },
        },
      ],
      groups: [{ kind: "column", name: "campaign", field: "campaign" }],
      metrics: [users, impressions],
      where: { all: true, rules: [{ field: "bought.purchases", operator: ">", value: "0" }] },
    },
  },
  {
    title: "How many people saw how many ads?",
    question: {
      ...nothing,
      source: "dsp_impressions",
      joins: [
        {
          name: "each_user",
          table: "dsp_impressions",
          kind: "INNER",
          key: { here: "user_id", there: "user_id" },
          metrics: [{ name: "seen", value: { function: "sum", field: "impressions" }, per: null }],
          where: everything(),
        },
      ],
      groups: [{ kind: "range", name: "seen_from", field: "each_user.seen", width: "5" }],
      metrics: [users, impressions],
    },
  },
];
