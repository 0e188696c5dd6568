"""Measures of inequality (Economics 210, problem set 6)."""

import numpy as np


def lorenz_curve(incomes: np.ndarray) -> np.ndarray:
    """Cumulated shares of income of the poorest 1, 2, ..., n people, with a leading zero."""
    ordered = np.sort(incomes)
    shares = np.cumsum(ordered) / ordered.sum()
    return np.concatenate(([0.0], shares))


def gini(incomes: np.ndarray) -> float:
    """Gini coefficient: twice the area between diagonal and Lorenz curve (trapezoids)."""
    curve = lorenz_curve(incomes)
    area = np.sum((curve[1:] + curve[:-1]) / 2) / len(incomes)
    return 1 - 2 * area


def atkinson(incomes: np.ndarray, epsilon: float = 0.5) -> float:
    """Atkinson index for an aversion epsilon; epsilon = 1 is the geometric mean."""
    mean = incomes.mean()
    if epsilon == 1:
        return 1 - np.exp(np.log(incomes).mean()) / mean
    return 1 - (incomes ** (1 - epsilon)).mean() ** (1 / (1 - epsilon)) / mean


def palma(incomes: np.ndarray) -> float:
    """Share of the richest 10 % divided by that of the poorest 40 %, each rounded up to whole people."""
    ordered = np.sort(incomes)
    n = len(ordered)
    top = int(np.ceil(0.1 * n))
    bottom = int(np.ceil(0.4 * n))
    return ordered[-top:].sum() / ordered[:bottom].sum()


if __name__ == "__main__":
    wages = np.array([18.0, 25.5, 31.0, 12.4, 95.0, 44.2, 27.9])
    print("Lorenz:", np.round(lorenz_curve(wages), 3))
    print("Gini: %.4f" % gini(wages))
    print("Atkinson (0.5): %.4f" % atkinson(wages))
    print("Atkinson (1): %.4f" % atkinson(wages, 1))
    print("Palma: %.2f" % palma(wages))
