from math import exp

x = (0.5, 0.1, -0.2)
target = 0.6
learnrate = 0.5
weights_input_hidden = ((0.5, -0.6), (0.1, -0.2), (0.1, 0.7))
weights_hidden_output = (0.1, -0.3)

sigmoid = lambda z: 1.0 / (1.0 + exp(-z))

h = tuple(sigmoid(sum(xi * row[j] for xi, row in zip(x, weights_input_hidden)))
          for j in range(len(weights_hidden_output)))
y_hat = sigmoid(sum(a * b for a, b in zip(h, weights_hidden_output)))

error = target - y_hat
output_error_term = error * y_hat * (1 - y_hat)
hidden_error_term = tuple(output_error_term * w * a * (1 - a) for w, a in zip(weights_hidden_output, h))
delta_w_h_o = tuple(learnrate * output_error_term * a for a in h)
delta_w_i_h = tuple(tuple(learnrate * e * xi for e in hidden_error_term) for xi in x)
print(delta_w_h_o, delta_w_i_h, sep="\n")
