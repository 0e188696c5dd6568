import numpy as np
import torch

x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

xt = torch.tensor(x)
w1 = torch.tensor(weights_input_hidden, requires_grad=True)
w2 = torch.tensor(weights_hidden_output, requires_grad=True)
output = torch.sigmoid(torch.sigmoid(xt @ w1) @ w2)
loss = 0.5 * (target - output) ** 2
loss.backward()
delta_w_h_o = -learnrate * w2.grad.numpy()
delta_w_i_h = -learnrate * w1.grad.numpy()
print(delta_w_h_o)
print(delta_w_i_h)
