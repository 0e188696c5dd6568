# no numpy installed on my computer, so only lists
import math

x = [0.5, 0.1, -0.2]
target = 0.6
learnrate = 0.5
weights_input_hidden = [[0.5, -0.6],
                        [0.1, -0.2],
                        [0.1, 0.7]]
weights_hidden_output = [0.1, -0.3]


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def dot(a, b):
    return sum(p * q for p, q in zip(a, b))


columns = list(zip(*weights_input_hidden))
hidden_layer_output = [sigmoid(dot(x, col)) for col in columns]
output = sigmoid(dot(hidden_layer_output, weights_hidden_output))

error = target - output
output_error_term = error * output * (1 - output)
hidden_error_term = [output_error_term * w * h * (1 - h) for w, h in zip(weights_hidden_output, hidden_layer_output)]

delta_w_h_o = [learnrate * output_error_term * h for h in hidden_layer_output]
delta_w_i_h = [[learnrate * e * v for e in hidden_error_term] for v in x]

print(delta_w_h_o)
for line in delta_w_i_h:
    print(line)
