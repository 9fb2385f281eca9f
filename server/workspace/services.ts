declare module "../core/context" {
  interface Services {
    /** Where browsers reach this installation, without a trailing slash. */
    publicUrl: string;
  }
}

export {};
