from __future__ import annotations
from dataclasses import dataclass
import numpy as np

@dataclass
class NeuralNetwork:
    weights_input_hidden: np.ndarray
    weights_hidden_output: np.ndarray
    learnrate: float = 0.1

    def __post_init__(self):
        self.weights_input_hidden = self.weights_input_hidden.copy()
        self.weights_hidden_output = self.weights_hidden_output.copy()
        self.history: list[float] = []

    def _hidden(self, x):
        return 1 / (1 + np.exp(-(x @ self.weights_input_hidden)))

    def run(self, features):
        return self._hidden(features) @ self.weights_hidden_output

    def train(self, features, targets):
        records = len(features)
        hidden = self._hidden(features)
        errors = targets - hidden @ self.weights_hidden_output
        self.history.append(float((errors**2).mean()))
        terms = errors[:, None] * self.weights_hidden_output * hidden * (1 - hidden)
        self.weights_hidden_output += self.learnrate * hidden.T @ errors / records
        self.weights_input_hidden += self.learnrate * features.T @ terms / records
        return self
