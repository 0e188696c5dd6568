from dataclasses import dataclass, field
import numpy as np
@dataclass
class Net:
    x: np.ndarray = field(default_factory=lambda: np.array([0.5, 0.1, -0.2]))
    target: float = 0.6
    learnrate: float = 0.5
    weights_input_hidden: np.ndarray = field(default_factory=lambda: np.array([[0.5, -0.6],[0.1, -0.2],[0.1, 0.7]]))
    weights_hidden_output: np.ndarray = field(default_factory=lambda: np.array([0.1, -0.3]))
    @staticmethod
    def s(z): return 1/(1+np.exp(-z))
    def step(self):
        h = self.s(self.x @ self.weights_input_hidden); o = self.s(h @ self.weights_hidden_output)
        t = (self.target-o)*o*(1-o)
        return self.learnrate*t*h, self.learnrate*np.outer(self.x, t*self.weights_hidden_output*h*(1-h))
delta_w_h_o, delta_w_i_h = Net().step()
