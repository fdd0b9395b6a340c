"""Scores the pairs and searches of `cargo xtask bench names` with public peers.

Usage: peers.py FOLDER. Reads FOLDER/pairs.csv (set, a, b, same) and FOLDER/search.csv (set, kind, person, name), writes one
CSV line a peer, set and measure to standard output. A peer whose package is missing is named on standard error.
Prints no name.
"""

import csv
import importlib
import sys
from collections import defaultdict
from pathlib import Path


def romanisers():
    """Each peer that can be had: its name, and what turns an Arabic name into Latin spellings."""
    found = {}
    for package, name in [("unidecode", "Unidecode"), ("anyascii", "AnyASCII")]:
        try:
            module = importlib.import_module(package)
            function = getattr(module, package)
            found[name] = lambda text, function=function: [function(text)]
        except ImportError:
            print(f"{name}: not installed", file=sys.stderr)
    try:
        icu = importlib.import_module("icu")
        engine = icu.Transliterator.createInstance("Any-Latin; Latin-ASCII")
        found["ICU"] = lambda text: [engine.transliterate(text)]
    except ImportError:
        print("ICU: not installed", file=sys.stderr)
    try:
        romanizer = importlib.import_module("arabic_name_romanizer")
        engine10 = romanizer.Transliterator()

        def ten(text):
            spelled = engine10.transliterate(text, top_k=10)
            return [candidate.text for candidate in spelled] or [text]

        ten("محمد")
        found["arabic-name-romanizer, 10 spellings"] = ten
    except Exception as error:  # whatever keeps a peer from running is its line in the table
        print(f"arabic-name-romanizer: {type(error).__name__}", file=sys.stderr)
    return found


def clean(text):
    return " ".join(text.lower().replace("-", " ").split())


def logic_v2():
    """OpenSanctions' matcher, as a function of two names; None where it is not installed."""
    try:
        from followthemoney import model
        from nomenklatura.matching import LogicV2
        from nomenklatura.matching.types import ScoringConfig

        config = ScoringConfig.defaults()

        def entity(key, name):
            person = {"id": key, "schema": "Person", "properties": {"name": [name]}}
            return model.get_proxy(person)

        def score(a, b):
            return LogicV2.compare(entity("a", a), entity("b", b), config).score

        score("محمد", "Mohamed")
        return score
    except Exception as error:  # whatever keeps a peer from running is its line in the table
        print(f"logic-v2: {type(error).__name__}: {error}", file=sys.stderr)
        return None


def recall_at_precision(scored, wanted=0.99):
    """The greatest recall at which precision is at least `wanted`."""
    scored.sort(key=lambda pair: -pair[0])
    everything = sum(same for _, same in scored)
    right, best = 0, 0.0
    for count, (score, same) in enumerate(scored, 1):
        right += same
        last = count == len(scored) or scored[count][0] < score
        if last and right / count >= wanted:
            best = right / everything
    return best


def main(folder):
    from rapidfuzz import process
    from rapidfuzz.distance import JaroWinkler

    pairs = defaultdict(list)
    with open(folder / "pairs.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            pairs[row["set"]].append((row["a"], clean(row["b"]), int(row["same"])))
    searches = defaultdict(lambda: {"asked": [], "among": []})
    with open(folder / "search.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            searches[row["set"]][row["kind"]].append((row["person"], row["name"]))
    out = csv.writer(sys.stdout, lineterminator="\n")
    for peer, spell in romanisers().items():
        known = {}

        def spelled(text, known=known, spell=spell):
            if text not in known:
                known[text] = [clean(latin) for latin in spell(text)]
            return known[text]

        for name, rows in pairs.items():
            scored = [(max(JaroWinkler.similarity(x, b) for x in spelled(a)), same) for a, b, same in rows]
            out.writerow([peer, name, "recall at 99 % precision", f"{recall_at_precision(scored):.4f}"])
        for name, rows in searches.items():
            latin = [clean(text) for _, text in rows["among"]]
            person = [who for who, _ in rows["among"]]
            right = 0
            for who, text in rows["asked"]:
                best = max(
                    (process.extractOne(x, latin, scorer=JaroWinkler.similarity) for x in spelled(text)),
                    key=lambda hit: hit[1],
                )
                right += person[best[2]] == who
            out.writerow([peer, name, "recall@1", f"{right / len(rows['asked']):.4f}"])
        sys.stdout.flush()
    score = logic_v2()
    if score:
        for name, rows in pairs.items():
            # It is slow: every tenth pair.
            scored = [(score(a, b), same) for a, b, same in rows[::10]]
            out.writerow(["logic-v2, every tenth pair", name, "recall at 99 % precision", f"{recall_at_precision(scored):.4f}"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
