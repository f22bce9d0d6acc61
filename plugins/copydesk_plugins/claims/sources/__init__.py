"""Sources checked: what Crossref, PubMed and Retraction Watch say of the documents that are cited.

The answers lie in `evidence.lock` at the site's root, so that rules and CI need no network.
"""
