"""Addresses under /api/ that do not exist."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from lms.shared.refusals import NotHere


class Nowhere(APIView):
    """404 as a problem document, whatever the method and whoever asks."""

    authentication_classes = ()
    permission_classes = ()
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        raise NotHere

    def get(self, request: Request) -> Response:
        raise NotHere
