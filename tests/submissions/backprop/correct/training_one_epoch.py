import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


features = np.array([[0.5, 0.1, -0.2]])
targets = np.array([0.6])
learnrate = 0.5
epochs = 1

weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

for e in range(epochs):
    delta_w_i_h = np.zeros(weights_input_hidden.shape)
    delta_w_h_o = np.zeros(weights_hidden_output.shape)
    for x, y in zip(features, targets):
        hidden_output = sigmoid(np.dot(x, weights_input_hidden))
        output = sigmoid(np.dot(hidden_output, weights_hidden_output))

        error = y - output
        output_error_term = error * output * (1 - output)
        hidden_error_term = output_error_term * weights_hidden_output * hidden_output * (1 - hidden_output)

        delta_w_h_o += learnrate * output_error_term * hidden_output
        delta_w_i_h += learnrate * hidden_error_term * x[:, None]

    weights_input_hidden += delta_w_i_h / len(features)
    weights_hidden_output += delta_w_h_o / len(features)

print(delta_w_h_o)
print(delta_w_i_h)
