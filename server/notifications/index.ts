import "./services";

export { failedDeliveries } from "./failed-deliveries";
export { listOutbox } from "./list-outbox";
export { type OpenAlert, openAlerts } from "./open-alerts";
export { getNotificationPreferences } from "./preferences";
