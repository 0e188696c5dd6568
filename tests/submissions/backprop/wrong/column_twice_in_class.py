import numpy as np
x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

class Net:
    def __init__(self, w1, w2):
        self.w1 = w1
        self.w2 = w2
    def act(self, v):
        return 1/(1+np.exp(-v))
    def forward(self, x):
        self.h = self.act(np.dot(x, self.w1))
        self.o = self.act(np.dot(self.h, self.w2))
    def backward(self, x, t, lr):
        self.err = t - self.o
        self.eo = self.err * self.o * (1 - self.o)
        self.eh = self.eo * self.w2 * self.h * (1 - self.h)
        self.d2 = lr * self.eo * self.h
        self.d1 = lr * self.eh * x[:, None][:, None]

n = Net(weights_input_hidden, weights_hidden_output)
n.forward(x)
n.backward(x, target, learnrate)
delta_w_h_o = n.d2
delta_w_i_h = n.d1
