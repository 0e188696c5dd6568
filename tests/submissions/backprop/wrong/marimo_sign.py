import marimo

__generated_with = "0.9.14"
app = marimo.App(width="medium")


@app.cell
def _():
    import numpy as np
    import marimo as mo
    return mo, np


@app.cell
def _(np):
    def sigmoid(z):
        return 1 / (1 + np.exp(-z))


    x = np.array([0.5, 0.1, -0.2])
    target = 0.6
    learnrate = 0.5

    weights_input_hidden = np.array([[0.5, -0.6],
                                     [0.1, -0.2],
                                     [0.1, 0.7]])

    weights_hidden_output = np.array([0.1, -0.3])
    return learnrate, sigmoid, target, weights_hidden_output, weights_input_hidden, x


@app.cell
def _(mo):
    mo.md("# Backpropagation")
    return


@app.cell
def _(learnrate, np, sigmoid, target, weights_hidden_output, weights_input_hidden, x):
    ## Forward pass
    hidden_layer_input = np.dot(x, weights_input_hidden)
    hidden_layer_output = sigmoid(hidden_layer_input)

    output_layer_in = np.dot(hidden_layer_output, weights_hidden_output)
    output = sigmoid(output_layer_in)

    ## Backwards pass
    error = output - target
    output_error_term = error * output * (1 - output)
    hidden_error_term = np.dot(output_error_term, weights_hidden_output) * hidden_layer_output * (1 - hidden_layer_output)
    delta_w_h_o = learnrate * output_error_term * hidden_layer_output
    delta_w_i_h = learnrate * hidden_error_term * x[:, None]
    return delta_w_h_o, delta_w_i_h, error


@app.cell
def _(delta_w_h_o, delta_w_i_h):
    print(delta_w_h_o)
    print(delta_w_i_h)
    return


if __name__ == "__main__":
    app.run()
