import numpy as np
import data_prep as d
from tqdm import trange
np.random.seed(21)
n_records, n_inputs = d.features.shape
weights = np.array([0.1, -0.2, 0.3])
learning_rate = 0.5
epochs = 10
last_loss = None
losses = []
def sigmoid(z): return 1 / (1 + np.exp(-z))
for e in trange(epochs):
    del_w = np.zeros(n_inputs)
    for x, y in zip(d.features, d.targets):
        out = sigmoid(x @ weights)
        del_w += (y - out) * out * (1 - out) * x
    weights += learning_rate * del_w / n_records
    if e % max(1, epochs // 10) == 0:
        out = sigmoid(d.features @ weights)
        loss = np.mean((out - d.targets) ** 2)
        print("Train loss:", loss, "WARNING" if last_loss and last_loss < loss else "")
        last_loss = loss
        losses.append(loss)
test_out = sigmoid(d.features_test @ weights)
loss = ((test_out - d.targets_test) ** 2).mean()
accuracy = np.mean((test_out > .5) == d.targets_test)
