import numpy as np


def sigmoid(value):
    return 1 / (1 + np.exp(-value))


def main():
    # data
    x = np.array([0.5, 0.1, -0.2])
    target = 0.6
    learnrate = 0.5
    weights_input_hidden = np.array([[0.5, -0.6],
                                     [0.1, -0.2],
                                     [0.1, 0.7]])
    weights_hidden_output = np.array([0.1, -0.3])

    # forward
    hidden_layer_input = x.dot(weights_input_hidden)
    hidden_layer_output = sigmoid(hidden_layer_input)
    output_layer_in = hidden_layer_output.dot(weights_hidden_output)
    output = sigmoid(output_layer_in)

    # backward
    error = target - output
    output_error_term = error * output * (1 - output)
    hidden_error_term = np.dot(output_error_term, weights_hidden_output) * hidden_layer_output * (1 - hidden_layer_output)
    delta_w_h_o = learnrate * output_error_term * hidden_layer_output
    delta_w_i_h = learnrate * hidden_error_term * x.reshape(3, 1)

    print("hidden -> output:", delta_w_h_o)
    print("input -> hidden:", delta_w_i_h)


if __name__ == "__main__":
    main()
