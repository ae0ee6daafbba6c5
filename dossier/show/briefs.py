"""Briefs: editions narrowed to one entity, a row of the table that dossier.toml names."""

import pandas as pd

from dossier.data.known import Record, narrowed
from dossier.parameters import ParameterError
from dossier.project import BriefSettings
from dossier.registry import registry_of


def settings_of(record: Record) -> BriefSettings:
    """Return what dossier.toml says of briefs; raise ParameterError where it says nothing."""
    settings = record.project.settings.briefs
    if settings is None:
        raise ParameterError("this dossier has no briefs: see [briefs] in dossier.toml")
    return settings


def entities(record: Record) -> dict[str, str]:
    """Return the names of the entities known on the as-of day by their keys, in order of name."""
    settings = settings_of(record)
    frame = record.tables[settings.table].sort_values(settings.name)
    keys = [str(row).partition(":")[2] for row in frame.index]
    return dict(zip(keys, frame[settings.name], strict=True))


def entity_name(record: Record) -> str:
    """Return the name of the record's own entity."""
    settings = settings_of(record)
    return str(
        record.everything[settings.table].at[f"{settings.table}:{record.entity}", settings.name]
    )


def brief_record(record: Record, entity: str) -> Record:
    """Return the record cut down to the rows that the brief of an entity may use.

    What a brief depends on is this record, and nothing else of the data.
    """
    keep = settings_of(record).keep
    rules = registry_of(record.project).of("keep")

    def kept(table: str, frame: pd.DataFrame) -> pd.DataFrame:
        how = keep.get(table, "")
        if how == "rule":
            found: pd.DataFrame = rules[table].function(frame, record, entity)
            return found
        if how == "*":
            return frame
        return frame[frame[how] == entity] if how else frame.iloc[:0]

    sides = (record.tables, record.everything)
    tables, everything = ({t: kept(t, frame) for t, frame in side.items()} for side in sides)
    return narrowed(record, tables, everything, entity)
