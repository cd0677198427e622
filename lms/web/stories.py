"""Pages of stories. The way so far stands in the address: every step is a link, and the way back is the browser's."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lms.progress.stories import stories_by_module, story_page
from lms.shared.clock import now
from lms.web.pages import language, page, reader, same_for_strangers
from modules.shelf import Shelf


@require_safe
@same_for_strangers
def stories(request: HttpRequest, published: Shelf) -> HttpResponse:
    return page(request, "stories/stories.html", {"groups": stories_by_module(language(), published)})


@require_safe
@same_for_strangers
def story(request: HttpRequest, published: Shelf, story: str) -> HttpResponse:
    way = request.GET.get("way", "")
    shown = story_page(learner=reader(request), key=story, way=way, language=language(), now=now(), shelf=published)
    return page(request, "stories/story.html", {"page": shown})
