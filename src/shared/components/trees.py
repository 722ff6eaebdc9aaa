from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2s


@dataclass(frozen=True, kw_only=True)
class Node:
    """One item of a tree. Give `children`, or `children_url` for a fragment of `<li>`s fetched when it unfolds.

    Without scripts the toggle is a link to `unfold_url`, a page with this node open.
    """

    label: str
    url: str
    note: str = ""
    icon: str = ""
    keys: str = ""
    current: bool = False
    open: bool = False
    children: Sequence["Node"] = field(default_factory=tuple)
    children_url: str = ""
    unfold_url: str = ""

    @property
    def group_id(self) -> str:
        """Ties the item to its children; addresses are unique in a tree, and keep it stable between pages."""
        return f"tree-{blake2s(self.url.encode(), digest_size=6).hexdigest()}"

    @property
    def folds(self) -> bool:
        return bool(self.children or self.children_url)

    @property
    def lazy(self) -> bool:
        return bool(self.children_url and not self.children)
