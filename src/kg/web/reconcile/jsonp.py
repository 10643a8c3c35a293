"""JSON for scripts of other pages: as it is (CORS), or wrapped in a call, as clients of 0.1 and 0.2 may ask (JSONP)."""

from __future__ import annotations

import json
import re
from http import HTTPStatus

from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from kg.web.derived import AGEING

SCRIPT = "text/javascript"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)
_LONGEST = 200
# https://www.rfc-editor.org/rfc/rfc8259 allows in strings what some engines take for the end of a line.
_LINE_ENDS = str.maketrans({"\u2028": "\\u2028", "\u2029": "\\u2029", "<": "\\u003C"})


def respond(content: object, callback: str | None) -> Response:
    """The response with `content`, which calls the function `callback` where one is named.

    Raises:
        HTTPException: 400 where `callback` is no name of a function.
    """
    if callback is None:
        return JSONResponse(content, headers=AGEING)
    if len(callback) > _LONGEST or not _CALLBACK.fullmatch(callback):
        raise HTTPException(HTTPStatus.BAD_REQUEST, "parameter callback is no name of a function")
    # The comment keeps what begins the answer from being taken for something else than a script.
    script = f"/**/{callback}({json.dumps(content, ensure_ascii=False).translate(_LINE_ENDS)});"
    return Response(script, headers=AGEING, media_type=SCRIPT)
