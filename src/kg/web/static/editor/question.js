// A query as a request to our own endpoint, by the SPARQL 1.1 Protocol. The dataset that the address names goes along.

/** Where queries go: beside the pages, under whatever path the service has. */
export const ENDPOINT = new URL("../../sparql", import.meta.url);

const LONGEST_ADDRESS = 6000; // a longer query goes by POST and stays out of the address
const DATASET = ["default-graph-uri", "named-graph-uri"];
const RESULTS = "application/sparql-results+json";
const GRAPH = "text/turtle";

function parameters(query) {
  const wanted = new URLSearchParams({ query });
  const given = new URLSearchParams(location.search);
  for (const name of DATASET) given.getAll(name).forEach((graph) => wanted.append(name, graph));
  return wanted;
}

/** The address that asks `query`, or answers it in one format. */
export function addressOf(query, format) {
  const address = new URL(ENDPOINT);
  const wanted = parameters(query);
  if (format) wanted.append("format", format);
  address.search = wanted;
  return address.href;
}

/** The address to show for `query`: that of the page alone where it is too long to be sent around. */
export function addressToShow(query) {
  return isShort(query) ? addressOf(query) : ENDPOINT.href;
}

/** The request that asks `query`, of which `isGraph` tells whether its answer is a graph. */
export function makeRequest(query, isGraph, signal) {
  const accept = isGraph ? `${GRAPH}, ${RESULTS};q=0.5` : `${RESULTS}, ${GRAPH};q=0.5`;
  const options = { headers: { Accept: accept }, credentials: "same-origin", signal };
  if (isShort(query)) return new Request(addressOf(query), options);
  return new Request(ENDPOINT, { ...options, method: "POST", body: parameters(query) });
}

function isShort(query) {
  return addressOf(query).length <= LONGEST_ADDRESS;
}
