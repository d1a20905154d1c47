"""How well names are told apart, on clusters of variants and pairs that are not one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product
from time import process_time

from amity.languages.names.matching import THRESHOLD, Rule, explain
from amity.languages.names.reading import Kind

KINDS = {"P": Kind.PERSON, "L": Kind.AREA, "O": Kind.ORGANIZATION}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Variants of one name."""

    kind: Kind
    variants: tuple[str, ...]


@dataclass
class Evaluation:
    """Counts of pairs, and those that came out wrong."""

    right: int = 0
    missed: list[tuple[str, str, float]] = field(default_factory=list)
    mistaken: list[tuple[str, str, float]] = field(default_factory=list)
    accepted: list[tuple[str, str, float]] = field(default_factory=list)
    hard: int = 0
    pairs: int = 0
    seconds: float = 0.0

    @property
    def precision(self) -> float:
        """Share of the accepted pairs that are one name."""
        wrong = len(self.mistaken) + len(self.accepted)
        return self.right / (self.right + wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        """Share of the pairs of one name that were accepted."""
        return self.right / (self.right + len(self.missed)) if self.right else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def read_clusters(lines: Iterable[str]) -> list[Cluster]:
    """Clusters from lines `type<TAB>variant|variant…`. Raises ValueError with the line."""
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            kind, tab, variants = line.rstrip("\n").partition("\t")
            if not tab or kind not in KINDS:
                raise ValueError(f"line {number}: expected one of {', '.join(KINDS)}, a tab, names")
            found.append(Cluster(KINDS[kind], tuple(filter(None, variants.split("|")))))
    return found


def read_pairs(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs from lines `name<TAB>name`. Raises ValueError with the line."""
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            one, tab, other = line.rstrip("\n").partition("\t")
            if not tab or "\t" in other:
                raise ValueError(f"line {number}: expected two names with a tab between them")
            found.append((one, other))
    return found


def evaluate(clusters: Sequence[Cluster], hard: Sequence[tuple[str, str]]) -> Evaluation:
    """Ask every pair within a cluster, every pair across clusters of one kind, and the hard ones.

    A hard pair counts as accepted if it is accepted as any kind, for the file does not say which
    it is of. Two clusters whose names are a place's of today and its former one are not held
    against it, for that is one place.
    """
    found = Evaluation(hard=len(hard))
    began = process_time()
    for cluster in clusters:
        for a, b in combinations(cluster.variants, 2):
            score = explain(a, b, cluster.kind).score
            found.pairs += 1
            if score >= THRESHOLD:
                found.right += 1
            else:
                found.missed.append((a, b, score))
    for one, other in combinations(clusters, 2):
        if one.kind == other.kind:
            for a, b in product(one.variants, other.variants):
                result = explain(a, b, one.kind)
                found.pairs += 1
                if result.score >= THRESHOLD and result.rule != Rule.FORMER_PLACE:
                    found.mistaken.append((a, b, result.score))
    for a, b in hard:
        score = max(explain(a, b, kind).score for kind in (Kind.PERSON, Kind.AREA))
        found.pairs += 2
        if score >= THRESHOLD:
            found.accepted.append((a, b, score))
    found.seconds = process_time() - began
    return found
