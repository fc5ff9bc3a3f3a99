"""The listing of triangles: against every three actors by hand, against igraph, in one piece or in many."""

import random
from itertools import combinations

import igraph
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgnet_analytics import triangles


def pairs_of(edges, n):
    """Return the edges as arrays of ``first < second``, each once and in order."""
    ordered = sorted({(min(edge), max(edge)) for edge in edges if edge[0] != edge[1]})
    first, second = np.array(ordered, dtype=np.int64).reshape(-1, 2).T
    return first, second, n


def corners(first, second, n):
    low, middle, high = triangles.triangle_sides(first, second, n)
    assert (low < middle).all()
    assert (middle < high).all()
    assert (first[low] == first[middle]).all()
    assert (second[middle] == second[high]).all()
    return sorted(
        zip(first[low].tolist(), second[low].tolist(), second[middle].tolist(), strict=True)
    )


@st.composite
def graphs(draw):
    n = draw(st.integers(0, 9))
    ends = st.integers(0, max(n - 1, 0))
    return pairs_of(draw(st.lists(st.tuples(ends, ends), max_size=40 if n else 0)), n)


@given(graphs())
def test_every_three_that_are_all_tied_are_listed_once(graph):
    first, second, n = graph
    tied = set(zip(first.tolist(), second.tolist(), strict=True))
    by_hand = [three for three in combinations(range(n), 3) if set(combinations(three, 2)) <= tied]
    assert corners(*graph) == by_hand


@pytest.mark.parametrize("at_once", [1, 7, 1_000_000])
def test_igraph_lists_the_same_on_a_network_with_hubs(at_once, monkeypatch):
    monkeypatch.setattr(triangles, "AT_ONCE", at_once)
    random.seed(1)
    graph = igraph.Graph.Barabasi(300, 6) | igraph.Graph.Star(300, center=7)
    graph = graph.simplify()
    listed = sorted(tuple(sorted(three)) for three in graph.list_triangles())
    assert len(listed) > 1_000
    assert corners(*pairs_of(graph.get_edgelist(), 300)) == listed


@given(st.integers(0, 60).flatmap(lambda bits: st.lists(st.integers(0, 2**bits), max_size=40)))
def test_numbers_of_any_length_come_in_order_and_equal_ones_as_they_stand(numbers):
    below = max(numbers, default=0) + 1
    found = triangles.in_order(np.array(numbers, dtype=np.int64), below)
    assert found.tolist() == sorted(range(len(numbers)), key=lambda at: numbers[at])
