"""A transformer encoder with a head that looks at the marked mention."""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from masthead.reading.portrayal.marking import MARKS, OPEN

CLASSES = 3


class Portrayer(nn.Module):
    """Token ids and mask ``[n, length]`` to logits ``[n, 3]``: unfavourable, neutral, favourable.

    The head sees the first token's state, the opening marker's and the mean of all, side by side.
    """

    def __init__(self, encoder: nn.Module, open_id: int, dropout: float = 0.1) -> None:
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.open_id = open_id
        self.dropout = nn.Dropout(dropout)
        self.dense = nn.Linear(3 * width, width)
        self.out = nn.Linear(width, CLASSES)

    def features(self, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """What the head makes of each row, ``[n, width]``, before it decides."""
        states = self.encoder(input_ids=tokens, attention_mask=mask)[0]
        marker = (tokens == self.open_id).to(states.dtype).unsqueeze(-1)
        weight = mask.to(states.dtype).unsqueeze(-1)
        seen = torch.cat(
            [states[:, 0], (states * marker).sum(1), (states * weight).sum(1) / weight.sum(1)], dim=-1
        )
        return torch.tanh(self.dense(self.dropout(seen)))

    def forward(self, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Logits of each row."""
        return self.out(self.dropout(self.features(tokens, mask)))


def build(folder: Path, tokenizer: Tokenizer, frozen_layers: int = 0) -> Portrayer:
    """The base model in ``folder`` with a fresh head; embeddings and lowest layers frozen if asked."""
    encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
    words = encoder.get_input_embeddings().weight
    # The base models never saw these tokens: start them where `they`, and the brackets, stand.
    like = dict.fromkeys(MARKS, "they") | {OPEN: "[", "[unused2]": "]"}
    with torch.no_grad():
        noise = torch.Generator().manual_seed(7)
        for mark, word in like.items():
            start = words[tokenizer.token_to_id(word)]
            words[tokenizer.token_to_id(mark)] = start + 0.01 * torch.randn(start.shape, generator=noise)
    if frozen_layers:
        for part in (encoder.embeddings, *encoder.encoder.layer[:frozen_layers]):
            part.requires_grad_(False)
    return Portrayer(encoder, tokenizer.token_to_id(OPEN))
