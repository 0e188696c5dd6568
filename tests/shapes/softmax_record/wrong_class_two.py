import math
import numpy as np

x = np.array([0.5, -1.2, 0.3])
W = np.array([[0.1, 0.4, -0.3, 0.2], [-0.6, 0.2, 0.5, 0.1], [0.3, -0.2, 0.4, -0.5]])
b = np.linspace(-0.2, 0.4, 4)
label = 2

scores = []
for j in range(len(b)):
    s = b[j]
    for i in range(len(x)):
        s += x[i] * W[i][j]
    scores.append(s)
total = sum(math.exp(s) for s in scores)
probs = [math.exp(s) / total for s in scores]
loss = math.log(total) - scores[label]
dscores = list(probs)
dscores[2] -= 1
dW = [[xi * d for d in dscores] for xi in x]
db = dscores
print(loss, dW, db)
