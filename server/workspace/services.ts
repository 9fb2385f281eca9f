declare module "../core/context" {
  interface Services {
    /** Where people reach the product, without a slash at the end. */
    publicUrl: string;
  }
}
