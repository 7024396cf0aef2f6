"""Finding by meaning: an offline sentence model, the vectors of passages, and the hits that they bring.

`load_model` opens the model, where it was installed; without it every question is answered by words alone.
"""

from search.meaning.loading import load_model
from search.meaning.model_file import Model

__all__ = ["Model", "load_model"]
