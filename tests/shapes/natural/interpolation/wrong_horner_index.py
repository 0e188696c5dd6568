# %% [markdown]
# # Interpolation
# Complete the cells below.

# %%
import numpy as np
import matplotlib.pyplot as plt

# %% Task 1: Lagrange basis
def basis(k, nodes, x):
    """k-th Lagrange polynomial at the points x."""
    # TODO
    result = np.ones_like(x)
    for j, node in enumerate(nodes):
        if j != k:
            result *= (x - node) / (nodes[k] - node)
    return result

# %% Task 2: interpolation
def interpolate(nodes, values, x):
    # TODO
    total = np.zeros_like(x)
    for k in range(len(nodes)):
        total += values[k] * basis(k, nodes, x)
    return total

nodes = np.array([-1.0, 0.5, 1.0, 2.0])
values = np.array([1.0, -0.5, 2.0, 0.3])
x = np.linspace(-1, 2, 7)
p = interpolate(nodes, values, x)
print(p)
plt.plot(x, p, nodes, values, "o")

# %% Task 3: divided differences
def newton_coefficients(nodes, values):
    # TODO
    c = values.copy()
    n = len(nodes)
    for j in range(1, n):
        c[j:] = (c[j:] - c[j - 1:-1]) / (nodes[j:] - nodes[:n - j])
    return c

c = newton_coefficients(nodes, values)
print(c)

# %% Task 4: Horner-like evaluation
def newton_evaluate(c, nodes, t):
    # TODO
    result = c[-1]
    for k in range(len(c) - 2, -1, -1):
        result = result * (t - nodes[k + 1]) + c[k]
    return result

t = 0.75
q = newton_evaluate(c, nodes, t)
print("p(0.75) =", q)

# %% Task 5: Chebyshev nodes on [a, b]
def chebyshev(a, b, n):
    # TODO
    k = np.arange(n)
    return (a + b) / 2 + (b - a) / 2 * np.cos((2 * k + 1) * np.pi / (2 * n))

cheb = chebyshev(-1.0, 3.0, 5)
print(cheb)
