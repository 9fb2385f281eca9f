export const businessHealth = async (_tx: unknown): Promise<object> => ({});
export const syncAllAccounts = async (_ctx: unknown) => ({ accounts: 0 });
