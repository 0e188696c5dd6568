from math import exp

learnrate = 0.5
x = [1, 2, 3, 4]
y = 0.5
w = [0.5, -0.5, 0.3, 0.1]

h = 0
for a, b in zip(x, w):
    h += a * b
nn_output = 1 / (1 + exp(-h))
error = y - nn_output
error_term = error * nn_output * (1 - nn_output)
del_w = [learnrate * error_term * a for a in x]
