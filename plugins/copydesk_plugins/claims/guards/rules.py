"""The rules of the guards, in the order in which they are listed."""

from __future__ import annotations

from copydesk_plugins.claims.guards.approval import false_approval
from copydesk_plugins.claims.guards.balance import fair_balance
from copydesk_plugins.claims.guards.comparative import comparative
from copydesk_plugins.claims.guards.esketamine import esketamine
from copydesk_plugins.claims.guards.identity import patient_identity
from copydesk_plugins.claims.guards.licence import licence_line
from copydesk_plugins.claims.guards.off_label import off_label_silence
from copydesk_plugins.claims.guards.reviewer import reviewer_and_dates
from copydesk_plugins.claims.guards.suicide_benefit import suicide_benefit
from copydesk_plugins.claims.guards.testimonial import testimonial
from copydesk_plugins.claims.guards.wording import person_first, suicide_wording

GUARDS = (
    false_approval,
    off_label_silence,
    esketamine,
    suicide_benefit,
    fair_balance,
    comparative,
    testimonial,
    patient_identity,
    licence_line,
    reviewer_and_dates,
    suicide_wording,
    person_first,
)
