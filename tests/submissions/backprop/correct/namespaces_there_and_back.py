import numpy as np
from types import SimpleNamespace as Node
def sig(z): return 1 / (1 + np.exp(-z))
run = Node(x=np.array([0.5, 0.1, -0.2]), y=0.6, lr=0.5)
nodes = [Node(theta=np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])), Node(theta=np.array([0.1, -0.3]))]
run.a = run.x
for n in nodes:
    n.a = run.a
    run.a = n.z = sig(run.a @ n.theta)
g = run.y - run.a
for n in nodes[::-1]:
    n.g = g * n.z * (1 - n.z)
    n.d = run.lr * (np.outer(n.a, n.g) if np.ndim(n.g) else n.a * n.g)
    g = n.theta @ n.g if np.ndim(n.g) else n.theta * n.g
delta_w_i_h, delta_w_h_o = [n.d for n in nodes]
