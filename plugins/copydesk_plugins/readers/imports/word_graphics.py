"""What is drawn in a Word file: text boxes, pictures, charts, diagrams, embedded objects."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from copydesk.api import Omission
from copydesk_plugins.readers.imports.word_package import Package, Relation
from copydesk_plugins.readers.imports.word_signs import alternative, chosen
from copydesk_plugins.readers.imports.word_xml import below

_LONGEST = 200


class Graphics:
    """Looks at drawings and says what becomes of them; `texts` are those inside charts."""

    def __init__(self, package: Package, relations: dict[str, Relation]) -> None:
        self.omissions: list[Omission] = []
        self.notes: list[str] = []
        self.texts: list[str] = []
        self.heading = ""
        self._package = package
        self._relations = relations

    def boxes(self, drawing: Element) -> list[Element]:
        """Take the paragraphs out of the text boxes of a drawing and return them."""
        found: list[Element] = []
        stack = [drawing]
        while stack:
            each = stack.pop()
            if each.tag == "mc:AlternateContent":
                branch = chosen(each)
                stack.extend([branch] if branch is not None else [])
            elif each.tag == "w:txbxContent":
                found.extend(each)
                each[:] = []
            else:
                stack.extend(reversed(each))
        return found

    def is_known(self, key: str | None) -> bool:
        """Say whether the part at hand refers to something by this id."""
        return key is None or key in self._relations

    def is_kept(self, drawing: Element) -> bool:
        """Say whether a drawing holds a picture that can be shown; what cannot is named."""
        for each in below(drawing, "o:OLEObject"):
            kind = (each.get("ProgID") or "unknown")[:_LONGEST]
            self.notes.append(f"An embedded object was left out: {kind}{self._place}.")
            return False
        self._charts(drawing)
        for each in below(drawing, "a:graphicData"):
            # Pictures of a group stand side by side, for nothing else of the group is kept.
            each[:] = list(below(each, "pic:pic"))
        pictures = [*below(drawing, "a:blip", "v:imagedata")]
        shown = [each for each in pictures if self._is_shown(each)]
        if pictures and len(shown) == len(pictures):
            return True
        for each in pictures:
            relation = self._relations.get(each.get("r:link") or each.get("r:id") or "")
            if relation is not None and relation.external:
                address = relation.target[:_LONGEST]
                self.notes.append(f"A linked picture was left out: {address}{self._place}.")
            elif each not in shown:
                self.notes.append(f"A picture that is not in the file was left out{self._place}.")
        for alt in (alternative(each) for each in drawing.iter()):
            if alt and not shown:
                said = "alternative text of a drawing that could not be taken over"
                self.omissions.append(Omission(alt, said, self._place.strip(" ,")))
        return bool(shown)

    @property
    def _place(self) -> str:
        return f", below “{self.heading}”" if self.heading else ""

    def _is_shown(self, picture: Element) -> bool:
        key = picture.get("r:embed") or (picture.get("r:id") if picture.tag != "a:blip" else "")
        relation = self._relations.get(key or "")
        return relation is not None and not relation.external and relation.target in self._package

    def _charts(self, drawing: Element) -> None:
        """Name charts and diagrams, with the words in them."""
        for each in below(drawing, "c:chart", "dgm:relIds"):
            kind = "chart" if each.tag == "c:chart" else "diagram"
            relation = self._relations.get(each.get("r:id") or each.get("r:dm") or "")
            inside = relation is not None and not relation.external
            root = self._package.xml(relation.target) if relation is not None and inside else None
            lines = _words(root) if root is not None else []
            self.texts += lines
            if lines:
                self.omissions.append(
                    Omission("\n\n".join(lines), f"text of a {kind}", self._place.strip(" ,"))
                )
            self.notes.append(f"A {kind} was left out{self._place}: add a picture of it.")


def _words(root: Element) -> list[str]:
    """Return the texts of a chart or diagram, a paragraph each."""
    found = []
    for each in below(root, "a:p", "c:v"):
        parts = (
            [each.text or ""] if each.tag == "c:v" else [t.text or "" for t in below(each, "a:t")]
        )
        said = " ".join("".join(parts).split())
        if said:
            found.append(said)
    return found
