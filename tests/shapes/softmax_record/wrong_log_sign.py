import numpy as np

# Forward and backward pass of one record through a softmax layer
x = np.array([0.5, -1.2, 0.3])
W = np.array([[0.1, 0.4, -0.3, 0.2], [-0.6, 0.2, 0.5, 0.1], [0.3, -0.2, 0.4, -0.5]])
b = np.linspace(-0.2, 0.4, 4)
label = 2

## Forward
# TODO: the scores of the classes
scores = np.dot(x, W) + b
exps = np.exp(scores - np.max(scores))
# TODO: their probabilities
probs = exps / np.sum(exps)
# TODO: the cross entropy
loss = np.log(probs[label])

## Backward
target = np.zeros(len(b))
target[label] = 1
# TODO: derivative by the scores
dscores = probs - target
# TODO: derivative by the weights and the bias
dW = np.outer(x, dscores)
db = dscores

print('probabilities', probs)
print('loss', loss)
print('gradients', dW, db)
