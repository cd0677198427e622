"""My data: what is kept about me, the file with all of it, and the end of my account."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET


@require_GET
@login_required
def my_data(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "account/my_data.html")
