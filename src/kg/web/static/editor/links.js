// From IRIs to what a person reads and where a link goes. Nothing here makes markup.

const LONGEST = 60;

/** The ways of showing IRIs, for one service: `terms` is what /editor.json says, `root` the address of its root. */
export function makeLinks(terms, root) {
  const prefixes = Object.entries(terms.prefixes).sort(([, a], [, b]) => b.length - a.length);

  /** An IRI in few letters: by prefix, by its path under our base, or without its middle. */
  function shorten(iri) {
    const [prefix, namespace] = prefixes.find(([, start]) => iri.startsWith(start) && iri.length > start.length) ?? [];
    const short = prefix !== undefined ? `${prefix}:${iri.slice(namespace.length)}`
      : iri.startsWith(terms.base) ? iri.slice(terms.base.length) || iri : iri;
    return short.length <= LONGEST ? short : `${short.slice(0, LONGEST / 2)}…${short.slice(-LONGEST / 2)}`;
  }

  /** Where a link for an IRI goes, and whether that is within the service; null where no link may be. */
  function find(iri) {
    if (iri.startsWith(terms.base)) return { href: root + encodePath(iri.slice(terms.base.length)), isOurs: true };
    const [vocabulary, term] = iri.split(/#(.*)/s, 2);
    if (Object.hasOwn(terms.vocabularies, vocabulary)) {
      const anchor = term === undefined ? "" : `#${encodeURIComponent(term)}`;
      return { href: root + terms.vocabularies[vocabulary] + anchor, isOurs: true };
    }
    return /^https?:\/\//.test(iri) ? { href: iri, isOurs: false } : null;
  }

  /** The element that shows an IRI. */
  function draw(iri) {
    const found = find(iri);
    const element = document.createElement(found ? "a" : "span");
    element.className = "iri";
    element.textContent = shorten(iri);
    element.title = iri;
    if (found) element.href = found.href;
    if (found && !found.isOurs) Object.assign(element, { target: "_blank", rel: "noopener noreferrer" });
    return element;
  }

  return { shorten, draw };
}

function encodePath(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}
