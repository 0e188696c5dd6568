import argparse
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Gradients:
    delta_w_h_o: np.ndarray
    delta_w_i_h: np.ndarray


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def backward(learnrate: float) -> Gradients:
    x = np.array([0.5, 0.1, -0.2])
    target = 0.6
    weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
    weights_hidden_output = np.array([0.1, -0.3])
    hidden = sigmoid(x @ weights_input_hidden)
    output = sigmoid(hidden @ weights_hidden_output)
    term = (target - output) * output * (1 - output)
    return Gradients(
        delta_w_h_o=learnrate * term * hidden,
        delta_w_i_h=learnrate * np.outer(x, term * weights_hidden_output * hidden * (1 - hidden)),
    )


def main(argv=None) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--learnrate", type=float, default=0.5)
    gradients = backward(parser.parse_args(argv).learnrate)
    print(f"{gradients.delta_w_h_o}\n{gradients.delta_w_i_h}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
