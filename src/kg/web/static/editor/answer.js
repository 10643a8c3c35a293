// What the service answers, as YASR takes it: a result, a graph, or an error in words.

const MOST = 20_000_000; // characters; a browser that draws more stands still
const TOO_LARGE = "The answer is too large to be shown. Give the query a LIMIT, or download the answer below.";
const NO_ANSWER = "The service does not answer, or broke off in the middle of its answer.";

/** The answer to `request`; null where it was given up, which `controller` says and does. */
export async function readAnswer(request, controller) {
  try {
    const response = await fetch(request);
    const text = await readText(response);
    if (text === null) return { error: { text: TOO_LARGE }, isTooLarge: true };
    if (!response.ok) return { error: { status: response.status, text: readProblem(text) || response.statusText } };
    const contentType = response.headers.get("Content-Type");
    return { data: layOut(text, contentType), contentType, status: response.status };
  } catch (error) {
    if (controller.signal.aborted) return null;
    if (error instanceof TypeError || error instanceof SyntaxError) return { error: { text: NO_ANSWER } };
    throw error;
  }
}

/** The whole text of a response; null where it is too long. */
async function readText(response) {
  const parts = [];
  let length = 0;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    length += part.value.length;
    if (length > MOST) {
      await reader.cancel();
      return null;
    }
  }
  return parts.join("");
}

/** The text as one reads it; YASR takes an answer without a letter for none at all. */
function layOut(text, contentType) {
  return contentType.includes("json") ? JSON.stringify(JSON.parse(text), null, 2) : text || "# no triples\n";
}

/** What a problem (RFC 9457) says, or else the text itself. */
function readProblem(text) {
  try {
    const { detail, title } = JSON.parse(text);
    return detail ?? title ?? text;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
