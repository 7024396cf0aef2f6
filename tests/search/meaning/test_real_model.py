"""The real model, where it was installed: its vectors, its pieces, its way of telling likeness."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from search.meaning.model_file import MODEL_FILE, Model, open_model
from search.meaning.nearest_sentence import nearest_sentence
from search.settings import Settings

STORED = Path(__file__).parent / "stored_vectors.json"
FOLDER = Settings().model

pytestmark = pytest.mark.skipif(
    not (FOLDER / MODEL_FILE).exists(), reason="the sentence model is not installed (`findings model`)"
)


@pytest.fixture(scope="module")
def model() -> Model:
    return open_model(FOLDER)


def test_ten_texts_get_the_vectors_of_the_published_weights(model: Model) -> None:
    """The stored vectors are of the published weights in full precision; rounding them to 8 bits costs less than .005."""
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    vectors = model.encode([row["text"] for row in stored])
    wanted = np.array([row["vector"] for row in stored])
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    assert len(stored) == 10
    assert ((vectors * wanted).sum(axis=1) > 0.995).all()


def test_a_text_gets_the_same_vector_alone_and_among_longer_ones(model: Model) -> None:
    texts = ["Aid convoys need safe roads.", "Peace. " * 200, "A", ""]
    together, alone = model.encode(texts), np.concatenate([model.encode([text]) for text in texts])
    assert np.allclose(together, alone, atol=1e-4)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_what_means_the_same_is_nearer_than_what_shares_a_word(model: Model) -> None:
    asked, same, other = model.encode(
        [
            "homes lost to the rising ocean",
            "Sea level rise destroys coastal villages.",
            "Homes are taxed every spring.",
        ]
    )
    assert asked @ same > asked @ other


def test_the_nearest_sentence_is_the_one_that_answers(model: Model) -> None:
    text = "The session opened at nine. Female members of parliament hold a third of the seats. Lunch was served."
    start, end = nearest_sentence(model, "women lawmakers in the legislature", text)
    assert text[start:end].startswith("Female members")


def test_word_sums_do_not_heed_the_order_of_words_and_the_telling_ones_leave_small_words_out(
    model: Model,
) -> None:
    sums, turned = (
        model.word_sums("the trust fund for training"),
        model.word_sums("training for the fund trust"),
    )
    assert np.allclose(sums, turned, atol=1e-4)
    assert np.allclose(sums[1], model.word_sums("trust fund training")[1], atol=1e-4)
    assert np.allclose(sums[0] - sums[1], model.word_sums("the for")[0], atol=1e-4)
    assert not model.word_sums("").any()
