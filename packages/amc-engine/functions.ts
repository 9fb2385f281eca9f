// The functions AMC documents, and what DuckDB calls those it lacks.

/** Every function of AMC's dialect; others may run here and fail there. */
export const amcFunctions = new Set(
  `charindex concat format instr left length locate lower ltrim position regexp_replace regexp_substr regexp_split replace right
  rtrim strpos str_to_map substring substr trim upper abs ceil ceiling e exp floor ln log log10 power random round sqrt trunc avg
  count min max sum current_date current_timestamp date_trunc dayofmonth dayofweek extract hour minute month second week year
  seconds_between coalesce if ifnull nullif nvl nvl2 array array_cat array_contains array_complement array_distinct
  array_intersect array_remove array_sort array_to_string array_union cardinality collect explode flatten unnest dense_rank rank
  row_number greatest least hash64 md5 sha1 from_varbinary to_varbinary json_extract json_serialize cast named_row stddev_pop
  stddev_samp var_pop var_samp skewness percentile approx_percentile median uuid built_in_parameter custom_parameter
  extend_time_window table epoch_to_utc_timestamp`.split(/\s+/),
);

/** Aggregates, in AMC's and in DuckDB's words. */
export const aggregates = new Set(
  `avg count count_star min max sum collect list array_agg stddev_pop stddev_samp var_pop var_samp skewness percentile
  approx_percentile median quantile_cont approx_quantile any_value first last string_agg approx_count_distinct bool_and bool_or
  arg_min arg_max mode product`.split(/\s+/),
);

/** Aggregates that tell how many, never what: their result holds nothing of the column counted. */
export const counts = new Set(["count", "count_star", "approx_count_distinct"]);

export const macros = [
  "ifnull(a, b) AS coalesce(a, b)",
  "nvl(a, b) AS coalesce(a, b)",
  "nvl2(a, b, c) AS CASE WHEN a IS NOT NULL THEN b ELSE c END",
  "e() AS exp(1)",
  "seconds_between(a, b) AS date_diff('second', CAST(a AS TIMESTAMP), CAST(b AS TIMESTAMP))",
  "epoch_to_utc_timestamp(s) AS make_timestamp(CAST(s * 1000000 AS BIGINT))",
  "charindex(part, whole) AS strpos(whole, part)",
  "locate(part, whole) AS strpos(whole, part)",
  "regexp_substr(text, pattern) AS nullif(regexp_extract(text, pattern), '')",
  "regexp_split(text, pattern) AS string_split_regex(text, pattern)",
  "str_to_map(text, pairs, keys) AS map_from_entries(list_transform(string_split(text, pairs), lambda pair: (split_part(pair, keys, 1), split_part(pair, keys, 2))))",
  "cardinality(held) AS len(held)",
  "array_sort(held) AS list_sort(held)",
  "array_union(a, b) AS list_distinct(list_concat(a, b))",
  "array_complement(a, b) AS list_filter(a, lambda one: NOT list_contains(b, one))",
  "array_remove(held, gone) AS list_filter(held, lambda one: one IS DISTINCT FROM gone)",
  "percentile(x, p) AS quantile_cont(x, p)",
  "approx_percentile(x, p) AS approx_quantile(x, p)",
  "hash64(x) AS CAST(hash(x) >> 1 AS BIGINT)",
  "to_varbinary(x) AS encode(CAST(x AS VARCHAR))",
  "from_varbinary(x) AS decode(x)",
  "json_serialize(x) AS CAST(to_json(x) AS VARCHAR)",
].map((macro) => `CREATE MACRO ${macro}`);
