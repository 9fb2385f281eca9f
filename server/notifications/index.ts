import "./services";

export { failedDeliveries } from "./failed-deliveries";
export { getNotificationPreferences } from "./preferences";
