/** A small "i" that explains `name` on hover, focus and to screen readers. Drawn by the style sheet: a page has dozens. */
export function Hint({ name, text }: { name: string; text: string }) {
  return <button type="button" className="tm-hint" data-tip={text} aria-label={`About ${name}: ${text}`} />;
}
