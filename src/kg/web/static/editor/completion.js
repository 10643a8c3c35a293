// Completion from our own terms. YASQE's own asks prefix.cc and Linked Open Vocabularies; neither is ever asked here.

/** Let YASQE complete what `terms`, the content of /editor.json, holds. */
export function addCompletion(Yasqe, terms) {
  const { prefixes, property: properties, class: classes } = Yasqe.Autocompleters;
  Yasqe.Autocompleters.prefixes = {
    ...prefixes,
    get: Object.entries(terms.prefixes).map(([prefix, namespace]) => `${prefix}: <${namespace}>`).sort(),
    persistenceId: null,
  };
  Yasqe.Autocompleters.property = complete(terms, terms.properties, properties);
  Yasqe.Autocompleters.class = complete(terms, terms.classes, classes);
  Yasqe.registerAutocompleter(complete(terms, terms.concepts, {
    ...classes,
    name: "concept",
    // Where an object may stand, and no class must.
    isValidCompletionPosition: (yasqe) =>
      /^[a-z]+:/.test(yasqe.getCompleteToken().string)
      && !properties.isValidCompletionPosition(yasqe) && !classes.isValidCompletionPosition(yasqe),
  }));
}

/** A completer like `base` that offers `defined`, definitions by IRI, with or without declared prefixes. */
function complete(terms, defined, base) {
  const iris = Object.keys(defined).sort();
  const meanings = new Map();
  return {
    ...base,
    bulk: false,
    autoShow: true,
    persistenceId: null,
    get: (yasqe, token) => iris.filter((iri) => iri.startsWith(token.autocompletionString)),
    preProcessToken: (yasqe, token) => expand(token, { ...terms.prefixes, ...yasqe.getPrefixesFromQuery() }),
    postProcessSuggestion: (yasqe, token, iri) => {
      const text = token.namespace === undefined ? `<${iri}>` : token.tokenPrefix + iri.slice(token.namespace.length);
      meanings.set(text, defined[iri]);
      return text;
    },
    postprocessHints: (yasqe, hints) => hints.map((hint) => ({ ...hint, render: (element) => draw(element, hint.text, meanings) })),
  };
}

/** The token with the IRI that it begins. */
function expand(token, prefixes) {
  const [prefix, name] = token.string.trim().split(/:(.*)/s, 2);
  if (name !== undefined && Object.hasOwn(prefixes, prefix)) {
    return { ...token, tokenPrefix: `${prefix}:`, namespace: prefixes[prefix], autocompletionString: prefixes[prefix] + name };
  }
  return { ...token, autocompletionString: token.string.trim().replace(/^<|>$/g, "") };
}

function draw(element, text, meanings) {
  const meaning = document.createElement("small");
  meaning.textContent = meanings.get(text) ?? "";
  element.append(text, " ", meaning);
}
