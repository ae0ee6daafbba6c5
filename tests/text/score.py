"""Scores the detector on labelled articles: ``python tests/text/score.py FOLDER``.

A folder holds pairs NN.txt and NN.json: ``{"day", "expressions": [...], "quotations": [...],
"traps": [{"start", "end", "text"}]}``. An expression labelled ``"weak": true`` counts neither way.
Dates and spans are equal when they begin and end on the same days, lengths of time when they are
the same number of seconds and months. ``--errors`` lists what differs.
"""

import argparse
import calendar
import datetime
import json
import re
from collections import defaultdict
from pathlib import Path

from dossier.text.detect import detect

DATED = ("date", "relative")
COLUMNS = ("labelled", "overlapping", "exact", "values", "qualifiers", "found", "precise")


def overlaps(one, other):
    return one["start"] < other["end"] and other["start"] < one["end"]


def same_span(one, other):
    return (one["start"], one["end"]) == (other["start"], other["end"])


def days_of(text):
    """Return the first and last day of a day, month, year, quarter or first/last, or None."""
    if "/" in text:
        first, last = (days_of(part) for part in text.split("/", 1))
        return first and last and (first[0], last[1])
    if quarter := re.fullmatch(r"(\d{4})-Q([1-4])", text):
        year, last = quarter[1], 3 * int(quarter[2])
        return days_of(f"{year}-{last - 2:02d}/{year}-{last:02d}")
    if re.fullmatch(r"\d{4}", text):
        return f"{text}-01-01", f"{text}-12-31"
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return f"{text}-01", f"{text}-{calendar.monthrange(*map(int, text.split('-')))[1]}"
    return (text, text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None


def length_of(text):
    """Return an ISO 8601 duration as (months, seconds), or None."""
    found = re.fullmatch(
        r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?"
        r"(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?",
        text,
    )
    if not found:
        return None
    years, months, weeks, days, hours, minutes, seconds = (float(g or 0) for g in found.groups())
    return (
        round(12 * years + months, 6),
        round(604800 * weeks + 86400 * days + 3600 * hours + 60 * minutes + seconds, 6),
    )


def same_value(one, other):
    """Return whether two values are equal: numbers within 1e-9 of each other."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_value, one, other))
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 1e-9 * max(abs(one), abs(other))
    if isinstance(one, str) and isinstance(other, str):
        for read in (days_of, length_of):
            if read(one) and read(other):
                return read(one) == read(other)
    return one == other


def name(qualifier):
    return (qualifier or "exact").replace("_", " ")


def speaker(words):
    return re.sub(r"^(?:the|an?) ", "", (words or "").strip().lower())


class Score:
    """Counts by type, and the differences in words."""

    def __init__(self):
        self.by_type = defaultdict(lambda: defaultdict(int))
        self.other = defaultdict(int)
        self.errors = []

    def add(self, file, labels, result):
        shown = result.as_json()
        weak = [e for e in labels["expressions"] if e.get("weak")]
        gold = [e for e in labels["expressions"] if not e.get("weak")]
        found = shown["expressions"]
        for label in gold:
            self._label(file, label, found)
        for item in found:
            exact = next((g for g in gold if same_span(g, item)), None)
            if exact is None and any(overlaps(w, item) for w in weak):
                continue
            self.by_type[item["type"]]["found"] += 1
            self.by_type[item["type"]]["precise"] += exact is not None
            if exact is None:
                self.errors.append(f"{file} more: {item['text']!r} {item['type']}")
        for trap in labels.get("traps", []):
            taken = [i for i in found if overlaps(i, trap) and not self._wanted(i, gold + weak)]
            self.other["traps"] += 1
            self.other["taken"] += bool(taken)
            if taken:
                self.errors.append(f"{file} trap: {trap['text']!r} read as {taken[0]['text']!r}")
        self._quotations(file, labels["quotations"], shown["quotations"])

    @staticmethod
    def _wanted(item, labels):
        return any(overlaps(label, item) for label in labels)

    def _label(self, file, label, found):
        row = self.by_type[label["type"]]
        row["labelled"] += 1
        row["overlapping"] += any(overlaps(label, i) for i in found)
        item = next((i for i in found if same_span(label, i)), None)
        if item is None:
            near = [i["text"] for i in found if overlaps(label, i)]
            self.errors.append(f"{file} span: {label['text']!r} {label['type']}, found {near}")
            return
        row["exact"] += 1
        right = same_value(label["value"], item["value"])
        row["values"] += right
        row["qualifiers"] += name(label.get("qualifier")) == name(item["qualifier"])
        if label["type"] in DATED and label["value"] is not None:
            self.other["dates"] += 1
            self.other["resolved"] += right
        if not right:
            self.errors.append(
                f"{file} value: {label['text']!r} {label['value']} not {item['value']}"
            )
        if name(label.get("qualifier")) != name(item["qualifier"]):
            self.errors.append(
                f"{file} qualifier: {label['text']!r} {label.get('qualifier')}"
                f" not {item['qualifier']}"
            )

    def _quotations(self, file, gold, found):
        for label in gold:
            self.other["quotations"] += 1
            item = next((i for i in found if overlaps(label, i)), None)
            if item is None:
                self.errors.append(f"{file} quotation: {label['text'][:60]!r}")
                continue
            self.other["quoted"] += 1
            self.other["quoted exactly"] += same_span(label, item)
            right = speaker(label["speaker"]) == speaker(item["speaker"])
            self.other["speakers"] += right
            if not right:
                self.errors.append(
                    f"{file} speaker: {label['speaker']!r} not {item['speaker']!r}"
                    f" of {label['text'][:40]!r}"
                )
        for item in found:
            self.other["quotations found"] += 1
            if not any(overlaps(label, item) for label in gold):
                self.other["no quotations"] += 1
                self.errors.append(f"{file} no quotation: {item['text'][:60]!r}")

    def total(self):
        """Return the counts of all types together."""
        return {c: sum(row[c] for row in self.by_type.values()) for c in COLUMNS}

    def table(self):
        rows = {kind: self.by_type[kind] for kind in sorted(self.by_type)}
        rows["all"] = self.total()
        head = ("type", "labelled", "overlap", "exact", "precise", "value", "qualifier")
        lines = [f"{head[0]:<12}" + "".join(f"{h:>10}" for h in head[1:])]
        for kind, row in rows.items():
            shares = (
                share(row["overlapping"], row["labelled"]),
                share(row["exact"], row["labelled"]),
                share(row["precise"], row["found"]),
                share(row["values"], row["exact"]),
                share(row["qualifiers"], row["exact"]),
            )
            lines.append(f"{kind:<12}{row['labelled']:>10}" + "".join(f"{s:>10}" for s in shares))
        o = self.other
        lines += [
            f"dates resolved        {share(o['resolved'], o['dates'])} of {o['dates']}",
            f"quotations recalled   {share(o['quoted'], o['quotations'])} of {o['quotations']}",
            f"  with exact spans    {share(o['quoted exactly'], o['quotations'])}",
            f"  speakers            {share(o['speakers'], o['quotations'])}",
            f"  found that are none {o['no quotations']} of {o['quotations found']}",
            f"traps taken           {share(o['taken'], o['traps'])} of {o['traps']}",
        ]
        return "\n".join(lines)


def share(part, whole):
    return f"{part / whole:.3f}" if whole else "-"


def scored(folder):
    """Return the score of every labelled article of a folder."""
    score = Score()
    for file in sorted(folder.glob("*.json")):
        labels = json.loads(file.read_text(encoding="utf-8"))
        text = file.with_suffix(".txt").read_bytes().decode("utf-8")
        day = datetime.date.fromisoformat(labels["day"]) if labels.get("day") else None
        score.add(file.stem, labels, detect(text, day))
    return score


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what differs")
    arguments = parser.parse_args()
    score = scored(arguments.folder)
    print(score.table())
    if arguments.errors:
        print("\n".join(score.errors))


if __name__ == "__main__":
    main()
