import pytest

from orgnet_analytics import UndefinedError
from orgnet_analytics.readings.lifecycle import STAGES, challenges


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_has_challenges_in_both_languages(stage: str):
    english, dutch = challenges(stage), challenges(stage, lang="nl")
    assert len(english) == len(dutch) >= 3
    assert english["question"].str.endswith("?").all()
    assert dutch["question"].str.endswith("?").all()
    assert (english["look_at"] == dutch["look_at"]).all()
    assert not (english["question"] == dutch["question"]).any()


def test_no_challenges_where_the_stage_is_not_known():
    with pytest.raises(UndefinedError, match="activation"):
        challenges("undetermined")
    with pytest.raises(UndefinedError, match="'nl'"):
        challenges("decline", lang="fr")
