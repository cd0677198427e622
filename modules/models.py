"""What there is to learn. Names never die, texts never change, an import moves `is_live`."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint


class Programme(models.Model):
    """An ordered set of modules that one can complete. Title and summary are {language: text}."""

    key = models.CharField(max_length=60, unique=True)
    title = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    languages = models.JSONField(default=list)
    source_language = models.CharField(max_length=8)
    licence = models.CharField(max_length=60)
    credits = models.JSONField(default=dict)
    review = models.JSONField(default=dict, blank=True, help_text="{language: awaiting or done}, for translations.")
    is_open = models.BooleanField(default=True, help_text="Lessons may be read without signing in.")

    def __str__(self) -> str:
        return self.key


class Release(models.Model):
    """One import that changed something."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="releases")
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    by_label = models.CharField(max_length=160, blank=True)
    summary = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.programme_id} v{self.version} {self.imported_at:%Y-%m-%d %H:%M}"


class Module(models.Model):
    """One theme of a programme. Its words are {language: text}; outcomes are a list of those."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="modules")
    key = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField()
    title = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    outcomes = models.JSONField(default=list)
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    field_hours = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    competences = models.JSONField(default=list)
    sdgs = models.JSONField(default=list)
    eqf = models.PositiveSmallIntegerField(null=True)
    esco = models.JSONField(default=list, blank=True, help_text="[{label, uri, kind}]; labels are English.")
    digest = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.key


class Lesson(models.Model):
    """One page of study, known for ever by its key."""

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="lessons")
    key = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField()
    edition = models.PositiveSmallIntegerField(default=1)
    required = models.BooleanField(default=True)
    minutes = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.key


class Asset(models.Model):
    """A picture, stored under its digest, so that old pages keep theirs."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class LessonRevision(models.Model):
    """One immutable text of a lesson in one language. Rendered when imported; a page view parses nothing."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="revisions")
    language = models.CharField(max_length=8)
    digest = models.CharField(max_length=64)
    edition = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    objectives = models.JSONField(default=list)
    source = models.TextField()
    html = models.TextField()
    toc = models.JSONField(default=list)
    words = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=list, help_text="Numbers of the facts that the text cites, in order.")
    assets = models.ManyToManyField(Asset, related_name="revisions")
    is_live = models.BooleanField(default=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="lesson_revisions")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["lesson", "language", "digest"], name="modules_one_revision_per_text"),
            UniqueConstraint(
                fields=["lesson", "language"], condition=Q(is_live=True), name="modules_one_live_revision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.language} {self.digest[:8]}"


class ModulePart(models.Model):
    """What a module holds beside lessons and quizzes. Its words stand in all languages together.

    What lists show has columns of its own, as {language: text}; `body` is the rest, read only for the thing's own page.
    Its form stands in docs/content-packages.md, its shape with the reader in modules/package.
    """

    module = models.ForeignKey(Module, on_delete=models.PROTECT)
    key = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField()
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, null=True, blank=True)
    title = models.JSONField(default=dict)
    summary = models.JSONField(default=dict)
    body = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.key


class Calculator(ModulePart):
    """Formulas with their inputs and a worked example. The page shows a form and computes."""


class FieldTask(ModulePart):
    """Work on the farm, with a safety line, steps and a rubric for the trainer who observes."""

    minutes = models.PositiveSmallIntegerField()


class Story(ModulePart):
    """A dilemma with several ways through it. Nobody's answer is kept, so its text may change under the same key."""

    minutes = models.PositiveSmallIntegerField()
    endings = models.PositiveSmallIntegerField(help_text="How many of its scenes end it.")

    class Meta(ModulePart.Meta):
        verbose_name_plural = "stories"


class GuidePage(models.Model):
    """A page of the trainer guide in one language. `module` is the one through which it guides."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="guide_pages")
    module = models.ForeignKey(Module, null=True, on_delete=models.PROTECT, related_name="guide_pages")
    key = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400)
    source = models.TextField()
    html = models.TextField()
    toc = models.JSONField(default=list)
    words = models.PositiveIntegerField(default=0)
    facts = models.JSONField(default=list, help_text="Numbers of the facts that the text cites, in order.")
    digest = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["programme", "key", "language"], name="modules_one_guide_page")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"


class GlossaryTerm(models.Model):
    """A term in one language."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="terms")
    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="terms")
    key = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    term = models.CharField(max_length=120)
    definition = models.TextField()
    example = models.TextField(blank=True)
    related = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["programme", "key", "language"], name="modules_one_term_per_language")]
        ordering = ["term"]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"


class Fact(models.Model):
    """A figure or statement with its source and date, cited by number. Only statuses V and S may be cited."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="facts")
    number = models.CharField(max_length=8)
    statement = models.JSONField(default=dict)
    value = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    as_of = models.CharField(max_length=120)
    status = models.CharField(max_length=1)
    source = models.TextField()
    jurisdiction = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["programme", "number"], name="modules_one_fact_per_number"),
            CheckConstraint(condition=Q(status__in=["V", "S"]), name="modules_fact_is_verified_or_secondary"),
        ]

    def __str__(self) -> str:
        return self.number
