import { type AmcTable, findTable } from "../../packages/amc-engine";
import { uploadedTables } from "../events/tables/uploaded";
import type { Reply } from "../reply";
import type { ApiRequest, Route } from "../router";
import { answerAs, pageOf, readyInstanceOf, refuseAmc } from "./amc-request";
import { tablesOf, uploadedOf } from "./inputs";

// The tables of an instance (contracts.md 5.5): neither data types nor thresholds are told.

const path = "/amc/reporting/{instanceId}/dataSources";
export const amcDataSourceRoutes: Route[] = [
  { method: "GET", path, operation: "amc.dataSources.list", handle: (request) => listSources(request) },
  {
    method: "GET",
    path: `${path}/{dataSourceId}`,
    operation: "amc.dataSources.get",
    handle: (request) => getSource(request),
  },
];

const answer = (request: ApiRequest, body: object): Reply =>
  answerAs(request, { types: ["application/vnd.amcdatasources.v1+json"], body, refuse: refuseAmc });

function tablesAt(request: ApiRequest): AmcTable[] {
  const instance = readyInstanceOf(request);
  return tablesOf(instance).flatMap((name) => findTable(name, uploadedOf(instance)) ?? []);
}

function listSources(request: ApiRequest): Reply {
  const { items, nextToken } = pageOf(request, tablesAt(request), { size: "limit", refuse: refuseAmc });
  return answer(request, { dataSources: items.map(wire), nextToken });
}

function getSource(request: ApiRequest): Reply {
  const id = request.params.dataSourceId ?? "";
  const table = tablesAt(request).find(({ name }) => name === id);
  if (!table) throw refuseAmc(404, `Data source with ID ${id} does not exist.`);
  return answer(request, wire(table));
}

const isUploaded = (name: string): boolean => uploadedTables.some((table) => table.name === name);

const wire = ({ name, columns }: AmcTable) => ({
  dataSourceId: name,
  description: name.replaceAll("_", " "),
  owner: isUploaded(name) ? "CUSTOMER" : "AMAZON",
  provider: isUploaded(name) ? "ADVERTISER_DATA_UPLOAD" : "AMAZON",
  columns: columns.map((column) => ({ name: column.name, columnType: column.columnType, description: null })),
  tags: [],
  outputChannels: [],
});
