// The rows of an answer: read, searched, put in order.

/** The solutions as they came: YASR's own reading of JSON fills in what stands in double braces in literals. */
export function readRows(results) {
  const names = results.getVariables();
  const solutions = results.getType() === "json"
    ? JSON.parse(results.getOriginalResponseAsString()).results?.bindings
    : results.getBindings();
  return (solutions ?? []).map((solution) => names.map((name) => (Object.hasOwn(solution, name) ? solution[name] : null)));
}

/** The rows that have `words` in any cell, whatever the case. */
export function search(rows, words) {
  const wanted = words.trim().toLowerCase();
  return wanted ? rows.filter((row) => row.some((term) => term?.value.toLowerCase().includes(wanted))) : rows;
}

/** The rows by one column: as numbers where all in it are, else as words; what is unbound comes last. */
export function sort(rows, column, isDown) {
  const bound = rows.filter((row) => row[column]);
  const compare = holdsNumbers(rows, column) ? (a, b) => Number(a) - Number(b) : new Intl.Collator("en").compare;
  const sign = isDown ? -1 : 1;
  bound.sort((one, other) => sign * compare(one[column].value, other[column].value));
  return [...bound, ...rows.filter((row) => !row[column])];
}

/** Whether a column has numbers alone. */
export function holdsNumbers(rows, column) {
  return rows.every((row) => !row[column] || isNumber(row[column]));
}

function isNumber(term) {
  return term.type !== "uri" && term.type !== "bnode" && term.value.trim() !== "" && Number.isFinite(Number(term.value));
}
