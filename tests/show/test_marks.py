"""What the marks of a drawing say, against values set here."""

import datetime

import pytest
from matplotlib.figure import Figure

from dossier.show import marks


@pytest.fixture
def panel():
    return Figure().subplots()


def test_dots_in_rows_with_names_tell_the_other_axis(panel):
    dots = panel.scatter([1.5, 2.004], [0, 1], label="2026")
    panel.set_yticks([0, 1], ["Norway", "New\nZealand"])
    assert marks.told(dots) == ["Norway, 2026: 1.50", "New Zealand, 2026: 2.00"]


def test_dots_in_a_grid_tell_both_names(panel):
    dots = panel.scatter([0, 1], [1, 0])
    panel.set_yticks([0, 1], ["Norway", "Sweden"])
    panel.set_xticks([0, 1], ["early", "late"])
    assert marks.told(dots) == ["Sweden: early", "Norway: late"]


def test_a_line_over_years_tells_each_year(panel):
    (line,) = panel.plot([2014, 2015], [3, 1204], marker="o")
    assert marks.told(line) == ["2014: 3", "2015: 1,204"]


def test_a_line_over_days_tells_each_day(panel):
    days = [datetime.date(2031, 3, 1), datetime.date(2031, 3, 2)]
    (line,) = panel.plot(days, [12.25, 9.0], marker="o")
    assert marks.told(line) == ["1 March 2031: 12.3", "2 March 2031: 9.0"]
    assert marks.axes_of_time([line]) == ("x",)


def test_a_bar_tells_its_length_lying_or_standing(panel):
    (standing,) = panel.bar(0, 7.0, bottom=2)
    panel.set_xticks([0], ["H1"])
    assert marks.told(standing) == ["H1: 7"]
    standing.set_label("All of the first half")
    assert marks.told(standing) == ["All of the first half: 7"]
    other = Figure().subplots()
    (lying,) = other.barh(1, 0.25)
    other.set_yticks([1], ["Norway"])
    assert marks.told(lying) == ["Norway: 0.25"]


def test_nothing_is_said_where_no_axis_names_the_place_or_nothing_is_drawn(panel):
    assert marks.told(panel.scatter([0.5, 1.5], [1, 2])) == []
    (line,) = panel.plot([2014, 2015], [3, 4])
    assert marks.told(line) == []
    assert marks.axes_of_time([line]) == () == marks.axes_of_time([])
