"""What an address is worth: tiers by host and path, home pages, and addresses that pretend."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk_plugins.claims.support.address import look_at
from copydesk_plugins.claims.support.hosts import read_hosts
from copydesk_plugins.claims.support.identifiers import doi_in, trimmed, written_in
from copydesk_plugins.claims.support.marks import marks_in, numbers


@pytest.mark.parametrize(
    ("href", "tier", "page"),
    [
        ("https://doi.org/10.5555/sleep.2020.336", "A", "document"),
        ("doi:10.5555/sleep.2020.336", "A", "document"),
        ("http://dx.doi.org/10.5555/abc", "A", "document"),
        ("https://doi.org/10.48550/arXiv.2001.00001", "B", "document"),
        ("https://doi.org/10.1038/d41586-020-00001-1", "C", "document"),
        ("https://doi.org/", "C", "home"),
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", "A", "document"),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=ketamine", "C", "search"),
        ("https://www.fda.gov/drugs/drug-safety", "A", "document"),
        ("https://www.fda.gov", "C", "home"),
        ("https://www.fda.gov/", "C", "home"),
        ("https://www.fda.gov/?utm_source=mail", "C", "home"),
        ("https://www.who.int/en/", "C", "home"),
        ("https://www.who.int/en/news-room/fact-sheets", "A", "document"),
        ("https://www.cdc.gov/diabetes-prevention/index.html", "A", "document"),
        ("https://www.cdc.gov/search/?query=flu", "C", "search"),
        ("https://WWW.FDA.GOV./drugs/drug-safety", "A", "document"),
        ("https://www.fda.gov:443/drugs/drug-safety", "A", "document"),
        ("//www.nice.org.uk/guidance/ng193", "A", "document"),
        ("https://www.nhs.uk/conditions/insomnia/", "A", "document"),
        ("https://www.example-trust.nhs.uk/services/sleep", "B", "document"),
        ("https://www.nature.com/articles/s41586-020-0001", "A", "document"),
        ("https://www.nature.com/articles/d41586-020-0001", "C", "document"),
        ("https://www.nature.com/news/cures", "C", "document"),
        ("https://medicine.example.edu/ketamine", "B", "document"),
        ("https://www.mayoclinic.org/tests/ketamine", "B", "document"),
        ("https://www.medrxiv.org/content/10.1101/2020.01.01.20000001v1", "B", "document"),
        ("https://en.wikipedia.org/wiki/Ketamine", "C", "document"),
        ("https://www.example.com/blog/ketamine", "C", "document"),
        ("/our-team", "C", "own"),
        ("fees-and-payment.md", "C", "own"),
        ("#fees", "", ""),
        ("mailto:hello@example.org", "", ""),
        ("javascript:void(0)", "", ""),
        ("data:text/html,10.5555/abc", "", ""),
        ("", "", ""),
        ("doi:nothing", "", ""),
    ],
)
def test_tiers(href: str, tier: str, page: str) -> None:
    found = look_at(href)
    assert (found.tier, found.page) == (tier, page)


@pytest.mark.parametrize(
    "href",
    [
        "https://evilfda.gov.example/drugs/x",
        "https://evilfda.com/drugs/x",
        "https://fda.gov.evil.com/drugs/x",
        "https://www.fda.gov@evil.com/drugs/x",
        "https://evil.com@www.fda.gov/drugs/x",
        "https://evil.com\\@www.fda.gov/drugs/x",
        "https://www.fd%61.gov/drugs/x",
        "https://www.fdа.gov/drugs/x",  # a Cyrillic letter
        "https://www.ｆｄａ.gov/drugs/x",
        "https://evil.com/https://www.fda.gov/drugs/x",
        "https://evil.com/10.5555/abc",
        "https://evil.com/?u=https://doi.org/10.5555/abc",
        "https://doi.org.evil.com/10.5555/abc",
        "https://www.fda.gov.:443@evil.com/x",
        "https://edu/medicine/x".replace("edu", "notedu"),
    ],
)
def test_addresses_that_pretend_are_nobodys_document(href: str) -> None:
    found = look_at(href)
    assert found.tier == "C"
    assert found.identity == ""


def test_a_host_that_only_ends_like_an_office_is_not_it() -> None:
    assert look_at("https://evilfda.gov/drugs/x").tier == "B"  # some office, but not the FDA
    assert look_at("https://evilnhs.uk/x").tier == "C"


@pytest.mark.parametrize("href", ["https://www.fda.gov:port/x", "http://[::1", "https:///x/y"])
def test_what_is_no_address_is_no_source(href: str) -> None:
    assert look_at(href).tier == ""


@pytest.mark.parametrize(
    ("href", "identity"),
    [
        ("https://doi.org/10.5555/ABC.1", "doi:10.5555/abc.1"),
        ("https://doi.org/10.5555%2Fabc", "doi:10.5555/abc"),
        ("https://www.nejm.org/doi/full/10.5555/abc", "doi:10.5555/abc"),
        ("https://journals.sagepub.com/doi/pdf/10.5555/abc", "doi:10.5555/abc"),
        ("https://onlinelibrary.wiley.com/doi/10.5555/abc/full", "doi:10.5555/abc"),
        ("https://pubmed.ncbi.nlm.nih.gov/0123456/", "pmid:123456"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/123456", "pmid:123456"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC1234567/", "pmcid:PMC1234567"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/pmc1234567/", "pmcid:PMC1234567"),
        ("https://europepmc.org/article/MED/123456", "pmid:123456"),
        ("https://clinicaltrials.gov/study/NCT00000001", "nct:NCT00000001"),
        ("https://www.fda.gov/drugs/x", ""),
    ],
)
def test_the_identifier_in_an_address(href: str, identity: str) -> None:
    assert look_at(href).identity == identity


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("as shown (doi:10.5555/abc.1).", ["doi:10.5555/abc.1"]),
        ("DOI 10.5555/abc(2019)7, then", ["doi:10.5555/abc(2019)7"]),
        ("see https://doi.org/10.5555/abc.", ["https://doi.org/10.5555/abc"]),
        ("PMID: 12345678; PMCID: PMC1234567", ["pmid:12345678", "pmcid:PMC1234567"]),
        ("PMC1234567 and NCT00000001", ["pmcid:PMC1234567", "nct:NCT00000001"]),
        ("open 8 pm 30 days a year, 10.5 mg", []),
        ("version 10.1234", []),
    ],
)
def test_identifiers_in_a_text(text: str, found: list[str]) -> None:
    assert [each.identity or each.href for each in written_in(text)] == found


@pytest.mark.parametrize(
    ("written", "identity"),
    [
        (
            "10.5555/(AB)12(1/2)3:4<161::AID-X1>3.0.CO;2-2",
            "10.5555/(ab)12(1/2)3:4<161::aid-x1>3.0.co;2-2",
        ),
        ("10.5555/a\u200b", "10.5555/a"),
        ("10.5555/a\u00adb", "10.5555/ab"),
        ("10.5555/a\u2010b", "10.5555/a-b"),
        ("10.5555/abc/", "10.5555/abc"),
        ("10.5555/a<b>", "10.5555/a"),
        ("10.5555/)", ""),
        ("10.5555/...", ""),
    ],
)
def test_odd_dois_are_told_alike_in_a_sentence_and_in_an_address(
    written: str, identity: str
) -> None:
    [*found] = written_in(f"Tea helps ({written}).")
    assert [each.identity for each in found] == ([f"doi:{identity}"] if identity else [])
    assert doi_in(f"/{written}") == identity


@pytest.mark.parametrize(
    ("href", "identity"),
    [
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", "pmid:12345678"),
        ("https://pubmed.ncbi.nlm.nih.gov/00123", "pmid:123"),
        ("https://pubmed.ncbi.nlm.nih.gov/123456789/", ""),
        ("https://pubmed.ncbi.nlm.nih.gov/0/", ""),
        ("https://www.ncbi.nlm.nih.gov/pubmed/123456789", ""),
    ],
)
def test_numbers_that_no_paper_has_name_none(href: str, identity: str) -> None:
    assert look_at(href).identity == identity


@given(st.text(alphabet="ab()[]{}.,;10/", max_size=40))
def test_what_is_written_stands_where_it_says(rest: str) -> None:
    text = "See 10.5555/a" + rest + " here."
    for each in written_in(text):
        said = text[each.start : each.end]
        assert each.identity == "doi:" + said.lower()
        assert trimmed(said) == said
        assert doi_in(said) == said.lower()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It helps [1].", [("1",)]),
        ("It helps [2, 4-6].", [("2", "4", "5", "6")]),
        ("It helps.¹² More", [("12",)]),
        ("It helps.^3^", [("3",)]),
        ("It helps.[^a]", [("^a",)]),
        ("It helps (4).", [("4",)]),
        ("It helps most.12 Others wait.", [("12",)]),
        ("A room of 20 m² here", []),
        ("In 3 (4) rooms", []),
        ("A dose of 2.5 mg", []),
        ("[a link]", []),
    ],
)
def test_marks(text: str, names: list[tuple[str, ...]]) -> None:
    assert [each.names for each in marks_in(text)] == names


def test_a_range_without_end_stays_small() -> None:
    assert len(numbers("1-999")) == 51


@pytest.mark.parametrize("row", ["fda.gov,X,", ",A,", "fda.gov"])
def test_a_bad_row_of_hosts_is_named(row: str) -> None:
    with pytest.raises(ValueError, match="line 3"):
        read_hosts(f"host,tier,note\nnih.gov,A,\n{row}\n")
