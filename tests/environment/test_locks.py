"""`requirements/check.py`: the project's locks are in order, and a fault in one is seen."""

from requirements import check

SOUND = f"kiln==1.0 ; sys_platform == 'linux' --hash=sha256:{'0' * 64}"


def test_the_locks_of_the_project_are_in_order():
    assert check.problems() == []


def test_a_pinned_and_hashed_requirement_is_sound():
    assert check.problems_of_lock([SOUND]) == []
    assert check.names([SOUND]) == {"kiln"}


def test_a_requirement_without_a_hash_is_seen():
    assert check.problems_of_lock(["kiln==1.0"]) == ["kiln==1.0"]


def test_an_address_is_seen():
    address = "kiln @ https://example.org/kiln-1.0-py3-none-any.whl"
    index = "--index-url https://example.org/simple"
    assert check.problems_of_lock([address, SOUND, index]) == [address, index]


def test_a_version_that_is_not_exact_is_seen():
    loose = f"kiln>=1.0 --hash=sha256:{'0' * 64}"
    assert check.problems_of_lock([loose]) == [loose]


def test_direct_dependencies_are_compared_under_their_canonical_names():
    project = {"project": {"dependencies": ["Kiln_Shelf[cone]>=1,<2; python_version > '3'"]}}
    assert check.direct(project, group=None) == {"kiln-shelf"}
