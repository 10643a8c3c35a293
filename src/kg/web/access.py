"""Who may write: a client with the token (RFC 6750)."""

from __future__ import annotations

import hmac
from http import HTTPStatus
from typing import Annotated, TypeVar

from fastapi import Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException
from starlette.requests import Request

from kg.web.service import Service

Writer = TypeVar("Writer")

# For the OpenAPI description alone: `give_access` reads the header itself.
_SCHEME = HTTPBearer(scheme_name="token", description="The value of KG_WRITE_TOKEN.", auto_error=False)
BearerDep = Annotated[HTTPAuthorizationCredentials | None, Security(_SCHEME)]


def give_access(request: Request, service: Service, writer: Writer | None) -> Writer:
    """`writer`, for a client with the token; None where there is nothing to write with.

    Raises:
        HTTPException: 403 where nobody may write, 401 where this client may not.
    """
    token = service.settings.write_token
    if token is None or not token.get_secret_value():
        raise HTTPException(HTTPStatus.FORBIDDEN, "writing is off: start the service with KG_WRITE_TOKEN set")
    if writer is None:
        raise HTTPException(HTTPStatus.FORBIDDEN, "this service only reads")
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    matches = hmac.compare_digest(given.strip().encode("latin-1"), token.get_secret_value().encode())
    if scheme.lower() != "bearer" or not matches:
        challenge = {"WWW-Authenticate": 'Bearer realm="kg"'}
        raise HTTPException(HTTPStatus.UNAUTHORIZED, "send the token: Authorization: Bearer …", challenge)
    return writer
