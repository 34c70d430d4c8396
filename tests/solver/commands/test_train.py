"""``python -m solver train``."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from solver.__main__ import main
from solver.commands.course_folder import conclude
from solver.commands.interrupt import interruptible
from solver.commands.sources import generated_days
from solver.policy import reinforcement
from solver.policy.course import Mark
from solver.policy.days import City
from solver.policy.own import own_weights
from solver.policy.shipped import load_policy
from solver.policy.weights import Weights
from solver.problem import Problem
from tests.solver.instances.test_reader import CVRP, RICH, saved

QUICK = ["--rollouts", "32", "--threads", "1"]
SHORT = [*QUICK, "--sizes", "6", "--days", "plain"]
LONELY = CVRP.replace("DIMENSION : 4", "DIMENSION : 2").replace("3 1.5 0\n4 0 2.6\n", "").replace("3 5\n4 6\n", "")


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solver.policy.reinforcement.CLIENTS_A_STEP", 1)
    monkeypatch.setattr("solver.policy.imitation.CLIENTS_A_STEP", 40)
    monkeypatch.setattr("solver.commands.sources.APART", 2)


def stages_in(folder: Path) -> list[tuple[str, int]]:
    marks = [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]
    return [(mark["stage"], mark["rollouts"]) for mark in marks]


def test_training_leaves_weights_log_and_curve_and_goes_on_from_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", str(tmp_path), *SHORT]) == 0
    assert Weights.load(tmp_path / "policy.safetensors").card["rollouts"] == "96"
    assert (tmp_path / "curve.svg").read_text().startswith("<svg")
    assert len((tmp_path / "log.jsonl").read_text().splitlines()) == 2
    assert "96 rollouts" in capsys.readouterr().out
    assert main(["train", str(tmp_path), *SHORT]) == 0  # there is nothing left to do
    assert len((tmp_path / "log.jsonl").read_text().splitlines()) == 2
    assert main(["train", str(tmp_path), *SHORT, "--rate", "0.1"]) == 2
    assert "another plan" in capsys.readouterr().err


def test_days_of_one_city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", str(tmp_path), *SHORT, "--city", "7"]) == 0
    assert main(["train", str(tmp_path), *SHORT, "--city", "7", "--city-share", "0.3"]) == 2
    error = capsys.readouterr().err
    assert "days is plain days, 1 of them of city 7 there and plain days, 0.3 of them of city 7 here" in error


@pytest.mark.parametrize("share", [1.0, 0.3])
def test_so_many_days_are_of_the_city_of_a_seed(share: float) -> None:
    city = City.draw(np.random.default_rng(7))
    known = np.round(np.hypot(*(city.points - city.depot).T)).astype(int)
    source, random, number = generated_days("plain", 1, (), 7, share), np.random.default_rng(5), 300

    def is_known(day: Problem) -> bool:
        return bool(np.isin(np.asarray(day.travel.distance)[0, 0, 1:], known).all())

    of_it = sum(is_known(source.draw(random, 12)) for _ in range(number))
    assert abs(of_it / number - share) < (0.1 if share < 1 else 1e-9)
    if share == 1:
        assert all(is_known(problem) for problem, _ in source.apart)


def test_the_engine_is_imitated_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", str(tmp_path), *SHORT, "--imitate", "3", "--passes", "8"]) == 0
    assert len((tmp_path / "examples.jsonl").read_text().splitlines()) == 1 + 3
    assert [stage for stage, _ in stages_in(tmp_path)] == ["imitation", "imitation", "reinforcement"]
    assert stages_in(tmp_path)[1][1] == 24
    assert "3 of 3 examples" in capsys.readouterr().out
    assert main(["train", str(tmp_path), *SHORT, "--imitate", "3", "--passes", "9"]) == 2
    assert "guided is 24 there and 27 here" in capsys.readouterr().err


def test_examples_of_other_problems_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "examples.jsonl").write_text('{"seed": 9}\n')
    assert main(["train", str(tmp_path), *SHORT, "--imitate", "3"]) == 2
    assert "examples of other problems" in capsys.readouterr().err


def test_instances_are_learned_from_by_parts_beginning_with_the_weights_in_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [saved(tmp_path, CVRP), saved(tmp_path, RICH, "MDVRPTW")]
    arguments = ["train", str(tmp_path / "out"), *QUICK, "--from", *map(str, files)]
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert "1 of 2 days to learn from; to judge by: " in out
    assert "cost on days set apart, best of eight: " in out
    assert stages_in(tmp_path / "out") == [("reinforcement", 0), ("reinforcement", 96)]
    left, begun = Weights.load(tmp_path / "out" / "policy.safetensors"), load_policy()
    assert max(abs(left[name] - begun[name]).max() for name in begun) < 0.01  # new ones would be far from them
    files[0].write_text(CVRP.replace("4 6\n", "4 5\n"))
    assert main(arguments) == 2
    assert "days is own days" in capsys.readouterr().err


def test_instances_that_no_policy_knows_are_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lonely = saved(tmp_path, LONELY, name="lonely.vrp")
    here = saved(tmp_path, CVRP.replace("2 3 4\n3 1.5 0\n4 0 2.6\n", "2 0 0\n3 0 0\n4 0 0\n"), name="here.vrp")
    assert main(["train", str(tmp_path / "out"), *QUICK, "--from", str(lonely), str(here)]) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"{lonely} is left out: a policy does not know fewer than two clients or no vehicle",
        f"{here} is left out: the best plan of it costs nothing",
        "there is no day to learn from",
    ]
    assert not (tmp_path / "out").exists()
    assert main(["train", str(tmp_path / "out"), *QUICK, "--from", str(lonely), str(saved(tmp_path, CVRP))]) == 0
    captured = capsys.readouterr()
    assert captured.err.count("left out") == 1
    assert "1 of 1 days to learn from; to judge by: other parts of it" in captured.out


def mark(best: float) -> Mark:
    return Mark("reinforcement", 0, 0, 0.0, 0.0, 0.0, 2 * best, best, 0.0)


@pytest.mark.parametrize(("after", "use"), [(1.0, True), (1.0, False), (1.2, True), (1.25, True)])
def test_weights_are_put_into_use_only_if_they_are_better_and_it_is_wished(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], after: float, use: bool
) -> None:
    Weights.new(3).save(tmp_path / "policy.safetensors")
    conclude([mark(1.2), mark(9.0), mark(after)], tmp_path, use)
    out = capsys.readouterr().out
    assert f"best of eight: 1.2000 before, {after:.4f} after" in out
    assert own_weights().exists() == (after < 1.2 and use)
    if own_weights().exists():
        assert (load_policy()["step.from"] == Weights.new(3)["step.from"]).all()
    else:
        assert ("is not better" if after >= 1.2 else "run the same command with --use") in out


def test_ctrl_c_ends_a_course_after_the_step_and_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before, draw_batch = signal.getsignal(signal.SIGINT), reinforcement.draw_batch

    def interrupted(*arguments: Any) -> Any:
        os.kill(os.getpid(), signal.SIGINT)
        return draw_batch(*arguments)

    arguments = ["train", str(tmp_path), *SHORT, "--rollouts", "192"]
    with monkeypatch.context() as patch:
        patch.setattr(reinforcement, "draw_batch", interrupted)
        assert main(arguments) == 0
    assert "the same command goes on from here" in capsys.readouterr().out
    assert signal.getsignal(signal.SIGINT) is before
    assert stages_in(tmp_path) == [("reinforcement", 0), ("reinforcement", 96)]
    assert main(arguments) == 0
    assert stages_in(tmp_path) == [("reinforcement", 0), ("reinforcement", 192)]


def test_the_second_ctrl_c_interrupts_at_once() -> None:
    with interruptible() as asked:
        os.kill(os.getpid(), signal.SIGINT)
        assert asked.is_set()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


def test_time_is_up_also_while_examples_are_made(tmp_path: Path) -> None:
    arguments = ["train", str(tmp_path), *SHORT, "--imitate", "20", "--passes", "1"]
    assert main([*arguments, "--hours", "1e-9"]) == 0
    assert len((tmp_path / "examples.jsonl").read_text().splitlines()) < 1 + 20
    assert stages_in(tmp_path) == [("imitation", 0)]
    assert main(arguments) == 0
    assert len((tmp_path / "examples.jsonl").read_text().splitlines()) == 1 + 20


@pytest.mark.parametrize("sizes", ["", "fifty", "1", "50;100"])
def test_sizes_that_are_none_are_refused(tmp_path: Path, sizes: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["train", str(tmp_path), "--sizes", sizes])
    assert left.value.code == 2
    assert "as in 50,100" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--hours", "0"], "'0' is not a number above 0"),
        (["--rate", "nan"], "'nan' is not a number above 0"),
        (["--imitate", "-1"], "'-1', expected a whole number from 0"),
        (["--passes", "0"], "'0', expected a whole number from 1"),
        (["--rollouts", "many"], "'many', expected a whole number from 0"),
        (["--device", "abacus"], "torch cannot use the device abacus: "),
        (["--weights", "FOLDER/missing"], "FOLDER/missing does not exist"),
        (["--from", "FOLDER/missing.vrp"], "FOLDER/missing.vrp: no such file"),
        (["--from", "FILE", "--city", "1"], "not allowed with argument"),
        (["--city", "-1"], "'-1', expected a whole number from 0"),
        (["--city", "1", "--city-share", "1.5"], "'1.5' is not a number above 0 and up to 1"),
        (["--city", "1", "--city-share", "some"], "'some' is not a number above 0 and up to 1"),
        (["--city-share", "0.3"], "--city-share needs --city"),
        (["--use"], "--use needs --from"),
    ],
)
def test_wrong_input_is_one_clear_line_and_exit_code_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    def put(text: str) -> str:
        return text.replace("FOLDER", str(tmp_path)).replace("FILE", str(tmp_path / "any.vrp"))

    try:
        code = main(["train", str(tmp_path / "new"), *map(put, arguments)])
    except SystemExit as leaving:
        code = leaving.code  # type: ignore[assignment]
    error = capsys.readouterr().err
    assert code == 2
    assert error.count("\n") == 1
    assert put(message) in error
    assert not (tmp_path / "new").exists()


def test_a_file_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["train", str(tmp_path / "file"), *SHORT]) == 2
    assert "file is a file, expected a folder" in capsys.readouterr().err


def test_without_torch_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    assert main(["train", str(tmp_path / "new")]) == 2
    assert "needs torch" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_weights_that_cannot_be_used_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "weights.safetensors"
    path.write_text("no weights")
    assert main(["train", str(tmp_path / "new"), *SHORT, "--weights", str(path)]) == 2
    assert "weights.safetensors" in capsys.readouterr().err
