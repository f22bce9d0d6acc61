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
NO_SUBHEADINGS = f"# Before your visit\n\n{_EASY}\n\n{_EASY}\n\n{_EASY}\n"

_PASSIVE = """\
You are met at the door. Your coat is taken. You are shown to a room. Tea is brought if you want
it. The form is read with you. Your questions are answered. A date is set. You are called the day
before. The hour is kept for you. Nothing is written down without you. You choose a chair. We sit
by the window. The sea is near. Some people cry. Others laugh. Both are fine. We listen. You may
stop. The clock is big. We end on time. Take the path home."""
PASSIVE_POST = f"# Before your visit\n\n{_PASSIVE}\n"

_UNTIED = """\
We open at nine. The door is blue. The bell is on the left. Ring twice. We come down. The stairs
are wide. The lift is slow. The room is warm. Two chairs face the sea. You choose one. We shut
the door. The hour begins. We ask how you slept. You tell us what you like. Silence is fine.
Tears are fine. Jokes are fine. Water stands on the table. A clock hangs on the wall. We watch
the time. We say when ten minutes are left. We look back on the hour. You say what stays with
you. We find a date. You put on your coat. The path leads to the sea. The bus leaves at ten past.
The shop sells tea. The bench is free. Rest a while. Go home slowly."""
UNTIED_POST = f"# Your first hour\n\n{_UNTIED}\n"
TIED_POST = UNTIED_POST.replace("Ring twice. We", "Ring twice. Then we").replace(
    "Silence is fine", "For example, silence is fine"
)

MANY_LONG_SENTENCES = f"# Before your visit\n\n{_HARD}\n\n{_HARD}\n\n{_HARD}\n\n{_HARD}\n"
