import { type Access, apiUrl, classicHeaders, type Wire } from "../wire";

export interface CheckAmcAudiences extends Access {
  instanceId: string;
}

/** Asks for one AMC audience of the instance (contracts 6.1): that it is answered shows that audiences may be read. */
export function checkAmcAudiences(wire: Wire, input: CheckAmcAudiences): Promise<void> {
  const { region, accessToken, instanceId, signal } = input;
  return wire.http.call(
    {
      region,
      operation: "amc.checkAudiences",
      method: "GET",
      url: apiUrl(wire, region, "/amc/audiences/query", { maxResults: "1" }),
      headers: {
        ...classicHeaders(wire, accessToken, null),
        accept: "application/vnd.amcquerybasedaudience.v1+json",
        "amazon-marketing-cloud-audience-instanceid": instanceId,
      },
      signal,
    },
    () => undefined,
  );
}
