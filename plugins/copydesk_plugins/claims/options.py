"""The options that all rules of claims share: `[rules.claims] profile = "strict"` sets them all."""

from __future__ import annotations

from copydesk.api import Option, PostContext, Severity

MARKETS = ("us", "uk", "eu", "au", "ca")

#: Every rule whose answer hangs on one of them declares all three, so that one line sets all.
SHARED = (
    Option(
        "packs",
        "The packs whose words count: names of built-in packs, or paths of your own that end in "
        ".csv. Without any, all built-in packs count.",
        (),
    ),
    Option(
        "profile",
        "How grave findings are: strict makes errors of the warnings that matter most.",
        "standard",
        choices=("standard", "strict"),
        strict="strict",
    ),
    Option(
        "market",
        "Where your readers are: us, uk, eu, au or ca. It sets which licence, regulator and "
        "numbers are expected.",
        "us",
        choices=MARKETS,
    ),
)


def raised(ctx: PostContext, grave: Severity = "error") -> Severity | None:
    """Return the severity of the strict profile, or None where the rule's own one holds."""
    return grave if ctx.option("profile") == "strict" else None


def market(ctx: PostContext) -> str:
    """Return the market that a site writes for, one of MARKETS."""
    try:
        return str(ctx.option("market"))
    except KeyError:  # a command asks, which has no options of a rule
        return "us"
