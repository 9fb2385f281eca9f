/** Stands in the head where entry.server puts the styles of the page. */
export const STYLE_MARKER = "/*tidemark-styles*/";
