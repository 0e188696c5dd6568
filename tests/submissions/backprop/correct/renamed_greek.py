import numpy as np

σ = lambda z: 1 / (1 + np.exp(-z))

x = np.array([0.5, 0.1, -0.2])
ŷ_target = 0.6
η = 0.5
W = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
V = np.array([0.1, -0.3])

a = σ(x @ W)
ŷ = σ(a @ V)
δₒ = (ŷ_target - ŷ) * ŷ * (1 - ŷ)
δₕ = δₒ * V * a * (1 - a)
delta_w_h_o = η * δₒ * a
delta_w_i_h = η * np.outer(x, δₕ)
print("Δw(h→o) =", delta_w_h_o)
print("Δw(i→h) =", delta_w_i_h)
