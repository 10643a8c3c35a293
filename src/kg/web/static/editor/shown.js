// The answer that the server put into the page, as YASR takes it, so that nothing is asked twice.

/** What `page` shows; null where it shows no answer, or only the beginning of one. */
export function readShown(page) {
  const error = page.querySelector(".error");
  if (error) return { error: { text: error.textContent } };
  if (page.querySelector(".note.truncated")) return null;
  const boolean = page.querySelector(".boolean");
  if (boolean) return json({ head: {}, boolean: boolean.textContent === "Yes" });
  const graph = page.querySelector(".graph");
  if (graph) return { data: graph.textContent || "# no triples\n", contentType: "text/turtle", status: 200 };
  const table = page.querySelector("table.results");
  return table ? json(readTable(table)) : null;
}

function json(results) {
  return { data: JSON.stringify(results, null, 2), contentType: "application/sparql-results+json", status: 200 };
}

function readTable(table) {
  const vars = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const readRow = (row) => [...row.cells].flatMap((cell, i) => (cell.dataset.type ? [[vars[i], readTerm(cell.dataset)]] : []));
  const bindings = [...table.tBodies[0].rows].map((row) => Object.fromEntries(readRow(row)));
  return { head: { vars }, results: { bindings } };
}

function readTerm({ type, value, language, datatype }) {
  return { type, value, ...(language && { "xml:lang": language }), ...(datatype && { datatype }) };
}
