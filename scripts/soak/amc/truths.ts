export const truths = async () => ({ figures: "", failures: [] });
