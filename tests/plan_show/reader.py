"""Reads a page as a browser does: which elements it has, and what a person sees."""

from html.parser import HTMLParser

from markdown_it import MarkdownIt


class Reader(HTMLParser):
    """Collects tags, attributes and text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.comments: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """What a person sees."""
        self.text += data

    def handle_comment(self, data: str) -> None:
        """What nobody sees."""
        self.comments.append(data)


def rendered(markdown: str) -> Reader:
    """A comment as a forge renders it, before the forge itself throws out what it does not like."""
    return Reader(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))
