// Delivery by device, operating system, browser and environment.
import { breakdownReport, deliveryColumns, field } from "./breakdown";

export const techReport = breakdownReport({
  id: "tech",
  label: "Device",
  columns: deliveryColumns,
  segment: [
    field("deviceName", "device"),
    field("operatingSystemName", "operatingSystem"),
    field("browserName", "browser"),
    field("environmentName", "environmentType"),
  ],
  dimensions: [
    { id: "device", label: "Device", by: ["deviceName"] },
    { id: "operatingSystem", label: "Operating system", by: ["operatingSystemName"] },
    { id: "browser", label: "Browser", by: ["browserName"] },
    { id: "environment", label: "Web or app", by: ["environmentName"] },
  ],
  v3: { type: "dspTech", groupBy: ["order", "operatingSystem", "browserType", "deviceType", "environmentType"] },
  legacy: {
    type: "TECHNOLOGY",
    groupBy: ["ORDER", "OPERATING_SYSTEM", "BROWSER_TYPE", "DEVICE_TYPE", "ENVIRONMENT_TYPE"],
  },
});
