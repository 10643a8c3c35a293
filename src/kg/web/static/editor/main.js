// The query editor of /sparql: YASQE to write in, YASR to read in, our own service to ask. Where any of it fails, the
// form that the server made stays. The address always holds the query that was asked last, so it can be sent around.

import { readAnswer } from "./answer.js";
import { addCompletion } from "./completion.js";
import { make } from "./elements.js";
import { offerExamples } from "./examples.js";
import { makeLinks } from "./links.js";
import { addressOf, addressToShow, ENDPOINT, makeRequest } from "./question.js";
import { readShown } from "./shown.js";
import { makeTable } from "./table.js";

const MANY_PREFIXES = 4;
const SHORTEST = 10; // lines
const LONGEST = 24;

const { Yasqe, Yasr } = globalThis.Yasgui;
const page = document.querySelector("main");
const form = page.querySelector("form.query");

function makeEditor(parent, isLinked, run) {
  const value = form.elements.query.value;
  const lines = Math.min(Math.max(value.trimEnd().split("\n").length + 1, SHORTEST), LONGEST);
  const editor = new Yasqe(parent, {
    value,
    consumeShareLink: null,
    // A query that came by a link neither takes the place of the last one of one's own nor gives way to it.
    persistenceId: isLinked ? null : "kg-query",
    createShareableLink: (yasqe) => addressOf(yasqe.getValue()),
    requestConfig: { endpoint: ENDPOINT.href, method: "GET", queryArgument: "query" },
    editorHeight: `${lines * 1.5}em`,
    showQueryButton: false,
    extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run },
  });
  editor.query = run;
  editor.getInputField().setAttribute("aria-label", "SPARQL query");
  if ((editor.getValue().match(/^\s*PREFIX\b/gim) ?? []).length > MANY_PREFIXES) editor.collapsePrefixes(true);
  return editor;
}

/** The button that runs the query, and stops it while it runs. */
function makeButton(editor, run) {
  const button = make("button", "", "Run");
  button.title = "Ctrl+Enter";
  let isRunning = false;
  const note = (now) => () => {
    isRunning = now;
    button.textContent = now ? "Stop" : "Run";
  };
  editor.on("query", note(true));
  editor.on("queryAbort", note(false));
  editor.on("queryResponse", note(false));
  button.addEventListener("click", () => (isRunning ? editor.abortQuery() : run()));
  return button;
}

function makeResults(parent, links) {
  Yasr.registerPlugin("table", makeTable(Yasr, links));
  const results = new Yasr(parent, {
    persistenceId: "kg-results",
    maxPersistentResponseSize: -1, // how one likes to see answers is kept, never an answer
    errorRenderers: [async ({ text, status }) => make("pre", "error", status ? `${text} (${status})` : text)],
  });
  // Help that lies elsewhere, and a download of what is on the page; ours, below, is the whole answer.
  results.rootEl.querySelectorAll(".yasr_external_ref_btn, .yasr_downloadIcon").forEach((one) => one.remove());
  return results;
}

function drawDownloads(query, isGraph) {
  const formats = [...page.querySelectorAll(`[data-downloads="${isGraph ? "graph" : "results"}"] option`)];
  return formats.map((format) => Object.assign(make("a", "", format.label), { href: addressOf(query, format.value) }));
}

/** Put the editor in place of the form; `terms` is what /editor.json says. */
function build(place, terms) {
  const isLinked = new URLSearchParams(location.search).has("query");
  const first = isLinked ? readShown(page) : null;
  const downloads = make("p", "downloads");
  const examples = page.querySelector(".examples");

  function show(query, answer, duration) {
    results.setResponse(answer, duration);
    const formats = answer.error && !answer.isTooLarge ? [] : drawDownloads(query, results.results.getType() === "ttl");
    downloads.replaceChildren(...(formats.length ? ["Download: ", ...formats] : []));
    page.classList.add("answered");
  }

  /** Ask what stands in the editor; a question that is still open is given up. */
  async function run() {
    editor.abortQuery();
    editor.saveQuery();
    const query = editor.getValue();
    const controller = new AbortController();
    const request = makeRequest(query, ["CONSTRUCT", "DESCRIBE"].includes(editor.getQueryType()), controller.signal);
    const begun = performance.now();
    editor.emit("query", request, controller);
    const answer = await readAnswer(request, controller);
    if (!answer) return;
    const duration = Math.round(performance.now() - begun);
    editor.emit("queryResponse", answer, duration);
    history.replaceState(null, "", addressToShow(query));
    show(query, answer, duration);
  }

  function choose(query) {
    editor.setValue(query);
    scrollTo({ top: 0 });
    run();
  }

  addCompletion(Yasqe, terms);
  const bar = make("div", "bar");
  place.append(bar);
  const editor = makeEditor(place, isLinked, run);
  const results = makeResults(place, makeLinks(terms, new URL(".", ENDPOINT).href));
  place.append(downloads);
  if (examples) bar.append(offerExamples(examples, choose));
  bar.append(makeButton(editor, run));
  page.classList.add("edited");
  if (first) show(editor.getValue(), first);
  else if (isLinked) run();
}

async function start() {
  const response = await fetch(new URL("editor.json", ENDPOINT));
  if (!response.ok) throw new Error(`the terms of the editor: ${response.status}`);
  const terms = await response.json();
  const place = make("div", "editor");
  form.before(place);
  try {
    build(place, terms);
  } catch (error) {
    place.remove();
    page.classList.remove("edited", "answered");
    throw error;
  }
}

start();
