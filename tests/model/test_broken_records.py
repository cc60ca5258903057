"""All that is wrong with a register is told at once, also of records that have another mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from munsocial import load_registry
from munsocial.errors import RegistryRefused

HEAD = """
[municipality]
id = "reka"
name = "Река"
[[bodies]]
id = "adm"
kind = "administration"
name = "Администрация"
[[accounts]]
id = "adm-vk"
body = "adm"
network = "vk"
"""


def _refused(tmp_path: Path, text: str) -> RegistryRefused:
    file = tmp_path / "district.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RegistryRefused) as caught:
        load_registry(file)
    return caught.value


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    text = HEAD.replace('name = "Река"', 'name = ""').replace('body = "adm"', 'body = "nobody"')
    refused = _refused(tmp_path, text + "opened = 1026-01-01\n")
    assert {problem.field for problem in refused.problems} == {"name", "body", "opened"}


LOST = [
    ("a phone", '[[phones]]\nnumber = "+7 861"\nbody = "nobody"', {"phones": {"number", "body"}}),
    ("no number", '[[phones]]\nbody = "nobody"', {"phones": {"number", "body"}}),
    (
        "an attestation",
        '[[attestations]]\nstatement = "x"\nsubject = "s"\nby = "b"\ndate = 1',
        {"attestations": {"date", "subject", "by"}},
    ),
    (
        "a waiver of a body that is broken itself",
        '[[waivers]]\nrequirement = "x"\nsubject = "edu"\nreason = ""\napprover = "b"\nlast_day = 2026-12-31\n'
        '[[bodies]]\nid = "edu"\nkind = "x"\nname = "y"\nsuccessor = "z"',
        {"waivers": {"reason", "approver"}, "bodies": {"kind", "successor"}},
    ),
    ("an id twice", '[[bodies]]\nid = "adm"\nkind = "x"\nname = "y"', {"bodies": {"kind", "id"}}),
    (
        "a list with something strange in it",
        '[[recommendations]]\nid = "r"\nfrom_whom = "f"\ndate = 1\nsummary = "s"\naccounts = ["adm-vk", 1]',
        {"recommendations": {"date", "accounts[2]"}},
    ),
    ("nothing that could be read", "[[phones]]\nbody = 1\nnumber = 2", {"phones": {"number", "body"}}),
]


@pytest.mark.parametrize(("situation", "more", "told"), LOST, ids=[one[0] for one in LOST])
def test_a_record_that_is_broken_itself_is_told_all_that_is_wrong_with_it(
    tmp_path: Path, situation: str, more: str, told: dict[str, set[str]]
) -> None:
    refused = _refused(tmp_path, f"{HEAD}{more}\n")
    found = {table: {one.field for one in refused.problems if one.table == table} for table in told}
    assert found == told, situation
    assert len(refused.problems) == sum(map(len, told.values())), refused


def test_a_broken_record_does_not_make_others_dangle(tmp_path: Path) -> None:
    refused = _refused(tmp_path, HEAD.replace('kind = "administration"', 'kind = "x"'))
    assert [(one.table, one.field) for one in refused.problems] == [("bodies", "kind")]


def test_near_words_are_looked_for_until_it_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A renamed table is wrong in every record that refers to it: a thousand guesses took half a minute."""
    monkeypatch.setattr("munsocial.model.checking.crosscheck._COMPARISONS", 6)
    bodies = "".join(f'[[bodies]]\nid = "b{n}"\nkind = "sectoral"\nname = "O"\n' for n in (1, 2))
    refused = _refused(tmp_path, HEAD + bodies + '[[phones]]\nnumber = "+7 86163 2-00-00"\nbody = "admm"\n' * 4)
    told = [one.remedy.en for one in refused.problems]
    assert told == ["Did you mean adm?"] * 2 + ["Add such a record or correct the id."] * 2


def test_a_slip_in_the_kind_of_an_owner_is_no_other_kind(tmp_path: Path) -> None:
    """Of a kind that cannot be read it is not known that it owns no pages."""
    owner = '[[accounts]]\nid = "owner"\nbody = "adm"\nnetwork = "vk"\nkind = "profil"\nonly_owns = true\n'
    refused = _refused(tmp_path, HEAD + owner)
    assert [(one.record, one.field) for one in refused.problems] == [("owner", "kind")]


def test_of_two_records_with_one_id_that_is_named_which_is_wrong(tmp_path: Path) -> None:
    twice = HEAD + 'handle = "a"\n[[accounts]]\nid = "adm-vk"\nbody = "nobody"\nnetwork = "vk"\nhandle = "b"\n'
    told = [problem.say() for problem in _refused(tmp_path, twice + 'opened = "вчера"\n').problems]
    assert [one.partition(":")[0] for one in told] == [
        "accounts / adm-vk (№ 2) / opened",
        "accounts / adm-vk / id",
        "accounts / adm-vk (№ 2) / body",
    ]
