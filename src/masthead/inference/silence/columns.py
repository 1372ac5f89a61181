"""The columns that the model of coverage is fitted to, with what all outlets share of a story held once.

Most of what is known of a cell is known of its story: its weekday, section, place and subjects. Only a few numbers
differ from outlet to outlet. Held and multiplied apart, sums over cells cost what they would over stories alone,
however many outlets there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from masthead.inference.silence.cells import Array, Whole

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True)
class Columns:
    """Cells × terms: each outlet crossed with each story, outlet by outlet, without holding that matrix.

    own: outlets × stories × numbers that differ by outlet. traits: stories × what all outlets share of them, mostly 0.
    own_terms, trait_terms: which term each of them is.
    """

    own: Array
    traits: Array
    own_terms: Whole
    trait_terms: Whole

    @cached_property
    def _sparse_traits(self) -> csr_array:
        from scipy.sparse import csr_array

        return csr_array(self.traits)

    @cached_property
    def _together(self) -> tuple[Whole, Whole, csr_array]:
        """Pairs of traits that some story has both of, each pair once, and the product of the two by story."""
        from scipy.sparse import csr_array, hstack

        by_column = self._sparse_traits.tocsc()
        meetings = (abs(self._sparse_traits).T @ abs(self._sparse_traits)).tocoo()
        upper = meetings.row <= meetings.col
        one, other = meetings.row[upper].astype(np.int64), meetings.col[upper].astype(np.int64)
        lots = range(0, len(one), 512)
        products = [
            by_column[:, one[at : at + 512]].multiply(by_column[:, other[at : at + 512]]) for at in lots
        ]
        return one, other, csr_array(hstack(products, format="csr"))

    def times(self, coefficients: Array) -> Array:
        """Return outlets × stories: the columns times the coefficients of each outlet (outlets × terms)."""
        of_traits = self._sparse_traits @ coefficients[:, self.trait_terms].T
        total: Array = of_traits.T + (self.own @ coefficients[:, self.own_terms, None])[:, :, 0]
        return total

    def times_one(self, outlet: int, coefficients: Array) -> Array:
        """Return stories × steps: the columns of one outlet times several steps (terms × steps)."""
        of_traits = self._sparse_traits @ coefficients[self.trait_terms]
        total: Array = of_traits + self.own[outlet] @ coefficients[self.own_terms]
        return total

    def sums(self, weights: Array) -> Array:
        """Return outlets × terms: sums over stories of the columns, weighed (outlets × stories)."""
        total = np.empty((len(weights), len(self.own_terms) + len(self.trait_terms)))
        total[:, self.trait_terms] = (self._sparse_traits.T @ weights.T).T
        total[:, self.own_terms] = (weights[:, None, :] @ self.own)[:, 0]
        return total

    def products(self, weights: Array) -> Array:
        """Return outlets × terms × terms: sums over stories of products of columns, weighed (outlets × stories)."""
        one, other, together = self._together
        terms = len(self.own_terms) + len(self.trait_terms)
        total = np.empty((len(weights), terms, terms))
        of_traits = np.zeros((len(weights), len(self.trait_terms), len(self.trait_terms)))
        of_traits[:, one, other] = of_traits[:, other, one] = (together.T @ weights.T).T
        total[:, self.trait_terms[:, None], self.trait_terms] = of_traits
        own_by_weight = weights[:, :, None] * self.own
        total[:, self.own_terms[:, None], self.own_terms] = self.own.transpose(0, 2, 1) @ own_by_weight
        for number, term in enumerate(self.own_terms):
            cross = (self._sparse_traits.T @ own_by_weight[:, :, number].T).T
            total[:, term, self.trait_terms] = total[:, self.trait_terms, term] = cross
        return total

    def squares(self, inner: Array) -> Array:
        """Return outlets × stories: each cell's columns times a symmetric matrix of its outlet times its columns."""
        one, other, together = self._together
        of_traits = inner[:, self.trait_terms[:, None], self.trait_terms]
        twice = np.where(one == other, 1.0, 2.0)
        squares_of: Array = (together @ (of_traits[:, one, other] * twice).T).T
        cross = inner[:, self.trait_terms[:, None], self.own_terms]
        for number in range(len(self.own_terms)):
            squares_of = (
                squares_of + 2 * self.own[:, :, number] * (self._sparse_traits @ cross[:, :, number].T).T
            )
        of_own = inner[:, self.own_terms[:, None], self.own_terms]
        result: Array = squares_of + ((self.own @ of_own) * self.own).sum(axis=2)
        return result

    def means(self, outlet: int, stories: Whole, weights: Array) -> Array:
        """Return the mean of the columns over some of an outlet's cells, by these weights: one number a term."""
        mean = np.empty(len(self.own_terms) + len(self.trait_terms))
        mean[self.trait_terms] = np.average(self.traits[stories], axis=0, weights=weights)
        mean[self.own_terms] = np.average(self.own[outlet, stories], axis=0, weights=weights)
        return mean


def columns(stories: int, outlets: int, own: dict[int, Any], traits: dict[int, Any]) -> Columns:
    """Make columns of numbers by cell, outlet by outlet (`own`), and by story (`traits`), each by its term."""
    return Columns(
        np.stack(list(own.values()), axis=1).reshape(outlets, stories, len(own)),
        np.stack(list(traits.values()), axis=1),
        np.array(list(own), np.int64),
        np.array(list(traits), np.int64),
    )
