from types import SimpleNamespace
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))


cfg = SimpleNamespace()
cfg.x = np.array([0.5, 0.1, -0.2])
cfg.target = 0.6
cfg.lr = 0.5
cfg.layers = []
cfg.layers.append(SimpleNamespace(w=np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])))
cfg.layers.append(SimpleNamespace(w=np.array([0.1, -0.3])))
a = cfg.x
for layer in cfg.layers:
    layer.inp = a
    a = layer.out = sigmoid(a @ layer.w)
first, last = cfg.layers
error = cfg.target - last.out
last.delta = error * last.out * (1 - last.out)
first.delta = last.delta * last.w * first.out * (1 - first.out)
delta_w_h_o = cfg.lr * last.delta * last.inp
delta_w_i_h = cfg.lr * np.outer(first.inp, first.delta)
