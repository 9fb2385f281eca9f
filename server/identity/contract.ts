/** What a brand may change of the look: colour and radius, never the layout, the scale or the meaning of a signal. */
export interface BrandTheme {
  /** Changes whenever any other field does, so that a cached sheet is never stale. */
  version: string;
  /** `#rrggbb`. Corrected for contrast where needed. */
  accent: string;
  /** Corner radius in px, 0 to 12. */
  radius?: number;
  logoUrl?: string;
}

/** The signed-in person, as far as pages need to know. */
export interface Viewer {
  user: { id: string; name: string; email: string; role: string };
  agency: { id: string; name: string };
  /** `<noun>.read` or `<noun>.write`, the union over all brands of this person. */
  permissions: string[];
  brands: { id: string; name: string }[];
  environment: "sandbox" | "production";
  theme: BrandTheme | null;
}
