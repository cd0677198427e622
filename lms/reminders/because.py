"""Why a reminder was held back, failed or is doubtful. The words stand in frontend_templates/train/_because.html."""

from enum import StrEnum


class Because(StrEnum):
    # Held back: what was true when it was planned is true no more.
    GONE = "gone"
    ERASED = "erased"
    LEFT = "left"
    OPTED_OUT = "opted_out"
    COHORT_OVER = "cohort_over"
    RULE_OFF = "rule_off"
    STARTED = "started"
    FINISHED = "finished"
    NOT_DUE = "not_due"
    TOO_LATE = "too_late"
    # Failed: no mail has left.
    REFUSED = "refused"
    NOT_WRITTEN = "not_written"
    # Unknown: a mail may have left, so it is not sent again (D4).
    DOUBTFUL = "doubtful"
    WORKER_LOST = "worker_lost"
