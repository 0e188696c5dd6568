import numpy as np
def sigmoid(x):
    return 1/(1+np.exp(-x))
cfg = {'learnrate': 0.5, 'x': np.array([1, 2, 3, 4]), 'y': 0.5, 'w': np.array([0.5, -0.5, 0.3, 0.1])}
def step(learnrate, x, y, w):
    out = sigmoid(x @ w)
    return {'forward': {'nn_output': out}, 'backward': {'del_w': learnrate * (y - out) * out * (1 - out) * x}}
print(step(**cfg))
