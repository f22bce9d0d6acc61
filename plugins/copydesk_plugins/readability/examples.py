"""The good and the bad post that rules on whole posts and sections show."""

from __future__ import annotations

_EASY = """\
You can eat and drink as you like before the visit. Wear soft clothes. Plan to be with us for
one hour. If you are late, call us, and we will find a new time. Bring a friend if that helps
you feel safe. Your friend can wait in the room next door. We have tea, books and a view of the
sea. When you come in, we will ask how you slept. Then we will talk about your week. You may
stop at any time. There is no test and no wrong word. When we are done, we will set the date of
the next visit. You can also write to us when you are home."""

_HARD = """\
Prior to the initial appointment, participants are required to complete a comprehensive medical
questionnaire, including any history of cardiovascular conditions, psychiatric medication and
previous therapeutic interventions. The information provided enables our multidisciplinary team
to determine the suitability of the proposed treatment and to identify any circumstances that
necessitate additional evaluation. Participants should be aware that temporary alterations in
perception and coordination are commonly experienced following administration of the medication,
and that operating a vehicle is consequently prohibited until the following morning.
Transportation arrangements must therefore be finalised in advance. Cancellation of a scheduled
appointment requires notification no later than two business days beforehand, otherwise an
administrative charge may be applied in accordance with our published financial policies."""

EASY_POST = f"# Before your visit\n\n{_EASY}\n"
HARD_POST = f"# Before your visit\n\n{_HARD}\n"
TWO_EASY_SECTIONS = f"# Before your visit\n\n## At home\n\n{_EASY}\n\n## On the day\n\n{_EASY}\n"
ONE_HARD_SECTION = f"# Before your visit\n\n## At home\n\n{_EASY}\n\n## On the day\n\n{_HARD}\n"
LONG_PARAGRAPH = f"# Before your visit\n\n{_EASY} {' '.join(_EASY.split()[:60])}\n"
