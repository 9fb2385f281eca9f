/** Words of SQL that can name no column without quotes. */
export const reserved = new Set(
  `all analyse analyze and any array as asc asymmetric authorization between binary both by case cast check collate column
  constraint create cross current_catalog current_date current_role current_time current_timestamp current_user date day default
  deferrable delete desc describe distinct drop else end except exists extract false fetch filter for foreign freeze from full
  getdate glob grant group having hour ilike in initially inner insert intersect interval into is isnull join lambda lateral
  leading left like limit localtime localtimestamp map minute month natural not notnull null offset on only or order outer over
  overlaps partition pivot pivot_longer pivot_wider placing position positional primary qualify recursive references returning
  right row rows second select semi set show similar some summarize symmetric system_user table then time timestamp to trailing
  true try_cast union unique unnest unpivot update user using value values variadic verbose week when where window with year`.split(
    /\s+/,
  ),
);
