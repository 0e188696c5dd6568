import numpy as np
def sigmoid(z): return 1 / (1 + np.exp(-z))

x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

class Layer:
    registry = []
    def __init_subclass__(cls, *, order, **kw):
        super().__init_subclass__(**kw)
        Layer.registry.append((order, cls))
class Hidden(Layer, order=0):
    weights = weights_input_hidden
class Output(Layer, order=1):
    weights = weights_hidden_output[:, None]
acts = [x]
for _, layer in sorted(Layer.registry, key=lambda pair: pair[0]):
    acts.append(sigmoid(acts[-1] @ layer.weights))
delta = (target - acts[-1]) * acts[-1] * (1 - acts[-1])
changes = []
for (_, layer), a in zip(sorted(Layer.registry, key=lambda p: -p[0]), acts[-2::-1]):
    changes.append(learnrate * np.outer(a, delta))
    delta = (layer.weights @ delta) * a * (1 - a)
delta_w_h_o, delta_w_i_h = changes[0].ravel(), changes[1]
