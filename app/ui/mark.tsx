/** The product's sign: a T over its tide line. */
export const Mark = () => (
  <svg className="tm-mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="7" />
    <path d="M9 9.5h14M16 9.5v9" />
    <path className="tm-mark-tide" d="M7 24h18" />
    <path d="M7 24h12" />
  </svg>
);
