"""The lines on where the time went add up."""

from sparetire.events import StageFinished
from sparetire.output.profile import profile_lines


def test_the_lines_add_up_to_the_time_of_the_whole_command() -> None:
    stages = [StageFinished("build", 0.5), StageFinished("push", 0.25, "production")]
    _, *lines, whole = profile_lines(stages, 0.125, 1.0)
    assert [float(line.split()[0]) for line in lines] == [0.125, 0.5, 0.25, 0.125]
    assert float(whole.split()[0]) == 1.0
    assert lines[2].endswith("production")
