"""The files of a spec folder become one MailDomain; the only module that reads the spec."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from . import beside, files, garbage
from .complaints import complaints, is_clash
from .glance import newest, worth
from .model.clashes import missing_keys
from .model.domain import MEANWHILE, MailDomain
from .model.spec import Clash
from .problem import KeyPath, Place, Problem, SpecError
from .prune import pruned
from .reader.document import read
from .reader.places import NOWHERE, locate
from .reader.reading import SpecFile
from .shown import shown

MAIN = "mail.yml"
SECTIONS = ("accounts", "aliases", "dkim", "domains", "groups", "lists")
"""The parts of the spec that may stand in files of their own: `<section>/*.yml` beside `mail.yml`."""

GLANCE = 4 * 1024**2
"""After how many characters to ask whether the rest is worth reading, and not to judge a spec twice."""

LINES = 2_500_000
"""The most lines and commas the files of a spec may have together; 100,000 accounts have less than half."""

LIMIT = 32 * 1024**2
"""The most bytes the files of a spec may have together; 100,000 accounts take 26 million."""


def load(path: Path, *, complete: bool = True) -> MailDomain:
    """The mail domain of a folder or of its `mail.yml`.

    Raises SpecError with every problem of every file. `complete=False` accepts a spec that lacks what
    `mailspec secret fill` makes.
    """
    return Source(path).spec(complete=complete)


class Source:
    """The files of a spec folder: what they hold together, and where each value stands.

    `drafts` are texts that count instead of what some of the files hold, such as an edit that is not written yet.
    """

    def __init__(self, path: Path, drafts: Mapping[Path, str] | None = None) -> None:
        self.folder = path.parent if path.name == MAIN and not files.is_folder(path) else path
        self.main = files.name(self.folder / MAIN)
        self.files: list[SpecFile] = []
        self.beside: dict[KeyPath, str] = {}
        """The files beside the spec that hold one text each, by where the text belongs."""
        self.data: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.broken = False
        """Whether a part could not be read, so that nothing can be said about what is missing."""
        self.hopeless = False
        """Whether so much is wrong that the rest was not read."""
        self._drafts = drafts or {}
        self._size = 0
        self._unseen = 0
        self._lines = 0
        self._read()

    @garbage.paused()
    def spec(self, *, complete: bool = True, meanwhile: Callable[[MailDomain], None] | None = None) -> MailDomain:
        """The mail domain; raises SpecError when there is none.

        `meanwhile` gets it before it is known whether its parts fit together, to begin what takes long.
        """
        try:
            spec = MailDomain.model_validate(self.data, context={MEANWHILE: meanwhile})
        except ValidationError as error:
            found = complaints(self.data, error, partial=self.broken)
            found += self._clashes(found)
        else:
            found = missing_keys(spec) if complete else []
            if not found and not self.problems:
                return spec
        on_value = self.places(clash.path for clash in found if not clash.on_key)
        on_key = self.places((clash.path for clash in found if clash.on_key), exact=False)
        problems = [
            Problem((on_key if clash.on_key else on_value)[clash.path], clash.id, clash.fact, clash.hint)
            for clash in found
        ]
        known = {problem.place for problem in self.problems}
        raise SpecError([*self.problems, *(problem for problem in problems if problem.place not in known)])

    def _clashes(self, refused: list[Clash]) -> list[Clash]:
        """What does not fit together in the rest of the spec, as far as that can be said."""
        rest = None if self.broken or self._size > GLANCE else pruned(self.data, refused)
        if rest is None:
            return []
        try:
            MailDomain.model_validate(rest)
        except ValidationError as error:
            found = complaints(rest, error, partial=False)
            if all(is_clash(item) for item in error.errors()):
                return found
        return []

    def place(self, path: KeyPath) -> Place:
        """Where a value stands; for what is not there, the nearest thing above it."""
        return self.places([path])[path]

    def places(self, paths: Iterable[KeyPath], *, exact: bool = True) -> dict[KeyPath, Place]:
        """Where several values stand, or with `exact=False` their keys."""
        best = {path: (0, Place(self.main, 1, 1)) for path in paths}
        for file in self.files:
            inside = {path[len(file.above) :]: path for path in best if path[: len(file.above)] == file.above}
            spots = locate(file.text, inside, file.starts) if inside else {}
            for part, path in inside.items():
                depth = next((n for n in range(len(part), 0, -1) if part[:n] in spots), 0)
                if depth and len(file.above) + depth > best[path][0]:
                    place = spots[part[:depth]].place(file.name, exact=exact and depth == len(part))
                    best[path] = (len(file.above) + depth, place)
        kinds = {len(key) for key in self.beside}
        whole = {path: next((self.beside[path[:n]] for n in kinds if path[:n] in self.beside), "") for path in best}
        return {path: Place(whole[path]) if whole[path] else place for path, (_, place) in best.items()}

    @garbage.paused()
    def _read(self) -> None:
        candidates = list(self._candidates())
        self._size = sum(files.size(path) for path, _ in candidates)
        if self._size > LIMIT:
            fact = f"the spec has {self._size // 1024**2} MB, the limit is {LIMIT // 1024**2} MB"
            self._broken(SpecError.at(self.main, "too-large", fact, "keep only the spec in its folder"))
            return
        for path, above in candidates:
            if self.hopeless:
                break
            try:
                self._take(path, above)
            except SpecError as error:
                self._broken(error)
        for kind in beside.KINDS if self.files else ():
            for path in self._listing(kind.folder, kind.suffix):
                try:
                    self._beside(kind, path)
                except SpecError as error:
                    self._broken(error)

    def _candidates(self) -> Iterator[tuple[Path, KeyPath]]:
        yield self.folder / MAIN, ()
        for section in SECTIONS if files.is_folder(self.folder) else ():
            for path in self._listing(section, ".yml"):
                yield path, (section,)

    def _listing(self, folder: str, suffix: str) -> list[Path]:
        try:
            found = files.listing(self.folder / folder)
        except SpecError as error:
            self._broken(error)
            return []
        for path in found:
            if suffix == ".yml" and path.suffix == ".yaml":
                fact = "a name in `.yaml` is not read"
                self._broken(SpecError.at(files.name(path), "file-name", fact, "end the name in `.yml`"))
        return [path for path in found if path.suffix == suffix]

    def _take(self, path: Path, above: KeyPath) -> None:
        """Read one YAML file and put it where it belongs."""
        name, text = files.name(path), self._drafts[path] if path in self._drafts else files.read(path)
        self._lines += text.count("\n") + text.count(",")
        if self._lines > LINES:
            hint = "keep only the spec in its folder"
            raise SpecError.at(name, "too-large", f"more than {LINES} lines and items up to this file", hint)
        reading = read(text, name, lambda data, path: worth(data, path, above), self._size, 2 - len(above))
        self.problems += reading.problems
        self.broken |= reading.broken
        self.hopeless |= reading.hopeless
        firsts = locate(text, [key for key, _ in reading.twice], reading.starts)
        for key, place in reading.twice:
            self._twice(key[-1], place, firsts.get(key, NOWHERE).place(name, exact=False))
        if reading.hopeless:
            reading.data = newest(reading.data, reading.path)  # all of it would take long to judge
        if isinstance(reading.data, dict):
            self._merge(SpecFile(path, name, above, text, reading.data, reading.starts))
        elif not reading.broken and reading.data is None:
            hint = "remove the file, or write an entry" if above else "begin with `mailspec: 1`"
            raise SpecError.at(name, "empty-file", "the file holds nothing", hint)
        elif not reading.broken or reading.hopeless:
            hint = f"write entries of `{above[0]}`, each as `name: ...`" if above else "begin with `mailspec: 1`"
            raise SpecError([Problem(Place(name, 1, 1), "wrong-type", "the file is no mapping", hint)])
        self._unseen += len(text)
        if above and self._unseen > GLANCE:
            self._unseen = 0
            self.hopeless = self.hopeless or not worth(self.data, above)
            self.broken |= self.hopeless

    def _merge(self, file: SpecFile) -> None:
        if not file.above:
            self.data = file.data
        else:
            section = file.above[0]
            entries = self.data.get(str(section))
            if entries is None:
                entries = self.data[str(section)] = {}
            if isinstance(entries, dict):  # else the model says what is wrong with it
                twice = [key for key in file.data if key in entries]
                if twice:
                    firsts = self.places((section, key) for key in twice)
                    spots = locate(file.text, [(key,) for key in twice], file.starts)
                    for key in twice:
                        self._twice(key, spots.get((key,), NOWHERE).place(file.name, exact=False), firsts[section, key])
                entries.update({key: value for key, value in file.data.items() if key not in entries})
        self.files.append(file)

    def _beside(self, kind: beside.Kind, path: Path) -> None:
        """Take the text of a file beside the spec, if it has a place there."""
        key = kind.key(self.data, path)
        here = beside.holder(self.data, key)
        if here is None:
            return
        if key[-1] in here:
            self._twice(key[-1], Place(files.name(path)), self.place(key))
        else:
            here[str(key[-1])] = kind.read(self.folder, path)
            self.beside[key] = files.name(path)

    def _broken(self, error: SpecError) -> None:
        self.problems += error.problems
        self.broken = True

    def _twice(self, key: object, place: Place, first: Place) -> None:
        fact = f"`{shown(key)}` already stands at {first}"
        self.problems.append(Problem(place, "duplicate-key", fact, "keep one of them"))
